package dev.workerclient.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.TimeUnit;

/** Answers the requests of one connection as its listener behaves. */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes the connection.
final class AnswerHandler extends SimpleChannelInboundHandler<String> {
  private static final int SLOWER = 10;
  private static final String BYTES = "/bytes/";
  private static final ByteBuf CHUNK =
      Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeZero(64 << 10).asReadOnly());

  private final Listener listener;
  private long streamed;
  private int hanging;

  AnswerHandler(Listener listener) {
    this.listener = listener;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    listener.connections.incrementAndGet();
    listener.open.add(context.channel());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, String path) {
    listener.requested();
    switch (listener.next()) {
      case HANGS -> {
        listener.wasted.incrementAndGet();
        hanging++;
      }
      case FAILS_FAST -> {
        listener.wasted.incrementAndGet();
        write(context, Answers.ERROR_1042.retainedDuplicate());
      }
      case FAILS -> {
        listener.wasted.incrementAndGet();
        write(context, Answers.ERROR_520.retainedDuplicate());
      }
      case SLOW -> answer(context, path, SLOWER * listener.delayMillis);
      default -> answer(context, path, listener.delayMillis);
    }
  }

  private void answer(ChannelHandlerContext context, String path, int delayMillis) {
    if (path.startsWith(BYTES)) {
      streamed = Long.parseLong(path.substring(BYTES.length()));
      context.write(Answers.head(streamed));
      stream(context);
    } else if (delayMillis > 0) {
      context
          .executor()
          .schedule(() -> write(context, Answers.of(path)), delayMillis, TimeUnit.MILLISECONDS);
    } else {
      write(context, Answers.of(path));
    }
  }

  private void write(ChannelHandlerContext context, ByteBuf response) {
    listener.answered();
    context.writeAndFlush(response, context.voidPromise());
  }

  private void stream(ChannelHandlerContext context) {
    while (streamed > 0 && context.channel().isWritable()) {
      int length = (int) Math.min(streamed, CHUNK.readableBytes());
      streamed -= length;
      if (streamed == 0) {
        listener.answered();
      }
      context.writeAndFlush(CHUNK.retainedSlice(0, length), context.voidPromise());
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    stream(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    for (; hanging > 0; hanging--) {
      listener.answered();
    }
    if (streamed > 0) {
      streamed = 0;
      listener.answered();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close(); // The client has gone.
  }
}
