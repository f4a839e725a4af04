package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.workerclient.internal.rpc.MessageText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records a function as the calls that it makes on its argument, and on what it captured, for the
 * Worker to make them for each element. Used by the thread that runs the function, once.
 */
final class MapRecorder {
  private static final ThreadLocal<@Nullable MapRecorder> RECORDING = new ThreadLocal<>();

  /** The element; a place in the table of the function's own ids. */
  private final RpcNode input = RpcNode.root("each", true);

  private final Map<RpcNode, Integer> recorded = new HashMap<>();
  private final Map<RpcNode, Integer> captured = new HashMap<>();
  private final List<RpcNode> calls = new ArrayList<>();

  private MapRecorder() {}

  /** Whether this thread runs a function that is recorded, so that no call is made. */
  static @Nullable MapRecorder current() {
    return RECORDING.get();
  }

  static IllegalStateException notRecordable(String what) {
    return new IllegalStateException(
        what
            + " can't be recorded: the function given to map(…) is not run for each element, but"
            + " recorded once; let it call methods that return an RpcPromise or an interface, and"
            + " return such a promise");
  }

  /**
   * Runs the function and returns what is sent of it.
   *
   * @param on what is mapped
   */
  static Recorded record(RpcNode on, Function<RpcNode, @Nullable RpcPromise<?>> function) {
    if (RECORDING.get() != null) {
      throw notRecordable("a map(…) within another");
    }
    MapRecorder recorder = new MapRecorder();
    RpcPromise<?> returned;
    RECORDING.set(recorder);
    try {
      returned = function.apply(recorder.input);
    } finally {
      RECORDING.remove();
    }
    if (returned == null || returned.caller() instanceof FixedCaller) {
      throw notRecordable("a function that returns no promise of a call or a property");
    }
    return new Recorded(on, recorder, returned);
  }

  /** Notes a call that the function makes. */
  void add(RpcNode call) {
    calls.add(call);
    recorded.put(call, calls.size());
  }

  /** What a function was recorded as. */
  record Recorded(RpcNode on, MapRecorder recorder, RpcPromise<?> returned) {
    /** Writes what maps, with ids of the session from that function. */
    void write(JsonGenerator out, Function<RpcNode, Long> ids) throws IOException {
      List<String> instructions = recorder.instructions(returned.node());
      out.writeString("remap");
      out.writeNumber(ids.apply(on.origin()));
      out.writeStartArray();
      for (Object step : on.isCall() ? List.of() : on.path()) {
        out.writeObject(step);
      }
      out.writeEndArray();
      out.writeStartArray();
      for (RpcNode each : recorder.captured.keySet().stream().sorted(recorder::order).toList()) {
        out.writeRawValue("[\"import\"," + ids.apply(each) + "]");
      }
      out.writeEndArray();
      out.writeStartArray();
      for (String each : instructions) {
        out.writeRawValue(each);
      }
      out.writeEndArray();
    }
  }

  private int order(RpcNode one, RpcNode other) {
    return captured.getOrDefault(other, 0) - captured.getOrDefault(one, 0);
  }

  private List<String> instructions(RpcNode returned) {
    List<String> all = new ArrayList<>();
    for (RpcNode each : calls) {
      all.add(text(expression -> expression.write(each)));
    }
    all.add(text(expression -> expression.reference(returned)));
    return all;
  }

  private interface Content {
    void write(CallExpression expression) throws IOException;
  }

  /** An expression alone. */
  private String text(Content content) {
    String message =
        MessageText.of(
            "", out -> content.write(new CallExpression(out, this::id, MapRecorder::no)));
    return message.substring("[\"\",".length(), message.length() - 1);
  }

  private static void no(Object value, JsonGenerator out) {
    throw notRecordable("an application object as an argument");
  }

  /** The id within the function: 0 is the element, and what is captured has negative ones. */
  private long id(RpcNode node) {
    if (node == input) {
      return 0;
    }
    Integer known = recorded.get(node);
    return known != null ? known : captured.computeIfAbsent(node, any -> -captured.size() - 1);
  }
}
