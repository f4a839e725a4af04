package dev.workerclient.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the path of each request, none of which has content; a full HTTP codec would cost more than
 * all the rest.
 */
final class RequestDecoder extends ByteToMessageDecoder {
  private static final int END = '\r' << 24 | '\n' << 16 | '\r' << 8 | '\n';

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int start = in.readerIndex();
    int last = in.writerIndex() - 4;
    for (int i = start; i <= last; i++) {
      if (in.getByte(i) == '\r' && in.getInt(i) == END) {
        int from = in.indexOf(start, i, (byte) ' ') + 1;
        int space = in.indexOf(from, i, (byte) ' ');
        out.add(in.toString(from, space - from, StandardCharsets.US_ASCII));
        in.readerIndex(i + 4);
        return;
      }
    }
  }
}
