package dev.workerclient.rpc;

import com.code_intelligence.jazzer.mutation.annotation.InRange;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.WithUtf8Length;
import java.util.Random;

/**
 * A message of a Worker, as a fuzzer or chance makes it.
 *
 * @param kind the message's
 * @param id what it names
 * @param call what it calls, for the kinds that do
 * @param value the value in it
 * @param inner what stands in that value
 * @param raw a message by itself, or what is spliced into one
 * @param at where it is spliced in; at 0 it is not
 */
record Frame(
    @InRange(min = 0, max = 15) int kind,
    @InRange(min = -8, max = 8) int id,
    byte call,
    byte value,
    byte inner,
    @NotNull @WithUtf8Length(max = 40) String raw,
    @InRange(min = 0, max = 60) int at) {

  private static final String[] VALUES = {
    "1",
    "\"x\"",
    "null",
    "{}",
    "[[]]",
    "[[%s,%s]]",
    "{\"a\":%s,\"b\":{\"c\":%s}}",
    "{\"status\":%s,\"headers\":%s,\"body\":%s}",
    "[\"undefined\"]",
    "[\"nan\"]",
    "[\"date\",1e300]",
    "[\"date\",%s]",
    "[\"bytes\",\"!!\"]",
    "[\"bytes\",\"AQ\",\"Int16Array\"]",
    "[\"bytes\",\"AQID\"]",
    "[\"bytes\",%s]",
    "[\"bigint\",\"1e5\"]",
    "[\"bigint\",\"123456789012345678901234567890\"]",
    "[\"url\",%s]",
    "[\"headers\",[[\"a\",%s]]]",
    "[\"export\",-1]",
    "[\"export\",-7]",
    "[\"export\",1]",
    "[\"export\",%s]",
    "[\"promise\",-1]",
    "[\"promise\",-2]",
    "[\"promise\",1]",
    "[[[\"promise\",-3],[\"promise\",-3]]]",
    "[\"readable\",1]",
    "[\"readable\",2]",
    "[\"readable\",%s]",
    "[\"writable\",-4]",
    "[\"writable\",%s]",
    "[\"error\",\"Error\",\"m\"]",
    "[\"error\",5,%s,null,{\"cause\":%s}]",
    "[\"error\"]",
    "[\"import\",-1]",
    "[\"import\",-3]",
    "[\"pipeline\",-1]",
    "[\"pipeline\",-2,[\"x\"],[%s]]",
    "[\"remap\",-1,[],[],[%s]]",
    "[\"blob\",%s,%s]",
    "[\"blob\",\"t\",[\"readable\",1]]",
    "[\"response\",%s,{\"status\":%s}]",
    "[\"response\",[\"readable\",1],{\"status\":201,\"headers\":[[\"a\",\"b\"]]}]",
    "[\"request\",%s,{\"body\":%s}]",
    "[\"wat\"]",
    "[]",
    "[%s]",
    "[null]",
    "\"\\ud800\"",
    "1e999",
    "-0",
    "12345678901234567890"
  };

  private static final String[] CALLS = {
    "[\"pipeline\",-1,[],[%s]]",
    "[\"pipeline\",-2,[\"text\"],[%s]]",
    "[\"pipeline\",-2,[\"numbers\"],[%s,%s]]",
    "[\"pipeline\",-2,[\"later\"],[%s]]",
    "[\"pipeline\",-2,[\"object\"],[%s]]",
    "[\"pipeline\",-2,[\"streams\"],[%s,%s]]",
    "[\"pipeline\",-3,[\"write\"],[%s]]",
    "[\"pipeline\",-3,[\"close\"],[]]",
    "[\"pipeline\",-3,[\"abort\"],[%s]]",
    "[\"pipeline\",1,[\"write\"],[%s]]",
    "[\"pipeline\",1,[\"close\"],[]]",
    "[\"pipeline\",2,[\"abort\"],[%s]]",
    "[\"pipeline\",2,[],[%s]]",
    "[\"pipeline\",0,[\"x\"],[%s]]",
    "[\"pipeline\",-9,[],[%s]]",
    "[\"pipeline\",-1,[%s],%s]",
    "[\"import\",-1,[],[%s]]",
    "%s",
    "[\"remap\",-1,[],[],[%s]]"
  };

  /** One at random; half of them name a call that the client is likely to have made. */
  static Frame random(Random random) {
    String raw = "[]{}\",:-09".substring(random.nextInt(10)).substring(0, 1);
    return new Frame(
        random.nextInt(random.nextInt(8) == 0 ? 16 : 9),
        random.nextBoolean() ? random.nextInt(4) + 1 : random.nextInt(17) - 8,
        (byte) random.nextInt(),
        (byte) random.nextInt(),
        (byte) random.nextInt(),
        raw,
        random.nextInt(40) == 0 ? 1 + random.nextInt(60) : 0);
  }

  /** The message. */
  String text() {
    String message =
        switch (kind) {
          case 0, 1, 2 -> "[\"resolve\"," + id + "," + filled(VALUES, value) + "]";
          case 3 -> "[\"reject\"," + id + "," + filled(VALUES, value) + "]";
          case 4, 5 -> "[\"push\"," + filled(CALLS, call) + "]";
          case 6, 7 -> "[\"stream\"," + filled(CALLS, call) + "]";
          case 8 -> "[\"pipe\"]";
          case 9 -> "[\"pull\"," + id + "]";
          case 10 -> "[\"release\"," + id + "," + call % 3 + "]";
          case 11 -> "[\"abort\"," + filled(VALUES, value) + "]";
          case 12 -> "[\"resolve\"," + id + "," + raw + "]";
          default -> raw;
        };
    return at == 0 || at >= message.length() || kind >= 12
        ? message
        : message.substring(0, at) + raw + message.substring(at);
  }

  /** A template, in which others stand, to a depth that ends. */
  private String filled(String[] templates, int index) {
    String text = templates[Math.floorMod(index, templates.length)];
    int next = value;
    for (int depth = 0; depth < 3 && text.contains("%s"); depth++) {
      next = 31 * next + inner;
      text = text.replace("%s", VALUES[Math.floorMod(next, VALUES.length)]);
    }
    return text.replace("%s", "7");
  }
}
