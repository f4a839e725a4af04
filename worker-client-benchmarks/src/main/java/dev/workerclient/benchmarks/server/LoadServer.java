package dev.workerclient.benchmarks.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The process of the server. It prints the port of each listener, and then obeys what {@link
 * ServerProcess} writes, a line each; it ends with its input.
 */
public final class LoadServer {
  private LoadServer() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int count = Integer.parseInt(args[0]);
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, io);
    List<Listener> listeners = new ArrayList<>();
    StringBuilder ports = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Listener listener = new Listener();
      listeners.add(listener);
      ports.append(bind(loop, epoll, listener)).append(' ');
    }
    System.out.println(ports.toString().trim());
    obey(listeners);
    System.exit(0);
  }

  private static int bind(EventLoopGroup loop, boolean epoll, Listener listener)
      throws InterruptedException {
    Class<? extends ServerChannel> type =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    Channel bound =
        new ServerBootstrap()
            .group(loop)
            .channel(type)
            .option(ChannelOption.SO_BACKLOG, 8192)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new RequestDecoder(), new AnswerHandler(listener));
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    return ((InetSocketAddress) bound.localAddress()).getPort();
  }

  private static void obey(List<Listener> listeners) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line;
    while ((line = in.readLine()) != null) {
      String[] words = line.split(" ", -1);
      Listener listener = listeners.get(Integer.parseInt(words[1]));
      switch (words[0]) {
        case "behave" ->
            listener.behave(
                Behaviour.valueOf(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]));
        case "reset" -> listener.reset();
        case "drop" -> listener.open.close().awaitUninterruptibly();
        default -> {}
      }
      System.out.println(listener.tell());
    }
  }
}
