package dev.workerclient;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.MethodEntryEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.MethodEntryRequest;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The methods of this library that one call enters on its thread, in order, as a debugger sees them
 * in a JVM of its own.
 */
final class MethodEntries {
  private final List<String> methods = new ArrayList<>();

  private MethodEntries() {}

  /** Runs that call of {@link MeasuredCall}, and returns {@code class.method} of each entry. */
  static List<String> of(String call) throws Exception {
    MethodEntries entries = new MethodEntries();
    entries.collect(launch(call));
    return entries.methods;
  }

  /** The source files of the entries' classes: a file has one top-level class. */
  static long files(List<String> entries) {
    return entries.stream()
        .map(entry -> entry.replaceAll("\\$.*|\\.[^.]*$", ""))
        .distinct()
        .count();
  }

  private static VirtualMachine launch(String call) throws Exception {
    LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    set(arguments, "main", MeasuredCall.class.getName() + " " + call);
    set(arguments, "options", "-cp \"" + System.getProperty("java.class.path") + "\" -Xmx256m");
    VirtualMachine machine = connector.launch(arguments);
    drain(machine.process());
    return machine;
  }

  private static void set(Map<String, Connector.Argument> arguments, String name, String value) {
    Objects.requireNonNull(arguments.get(name)).setValue(value);
  }

  private static void drain(Process process) {
    Thread errors =
        new Thread(
            () -> {
              try {
                process.getErrorStream().transferTo(OutputStream.nullOutputStream());
              } catch (java.io.IOException e) {
                // The process has ended.
              }
            });
    errors.setDaemon(true);
    errors.start();
  }

  private void collect(VirtualMachine machine) throws InterruptedException {
    MethodEntryRequest marks = machine.eventRequestManager().createMethodEntryRequest();
    marks.addClassFilter(MeasuredCall.class.getName());
    marks.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    marks.enable();
    MethodEntryRequest own = null;
    try {
      while (true) {
        EventSet events = machine.eventQueue().remove();
        for (Event event : events) {
          if (!(event instanceof MethodEntryEvent entry)) {
            continue;
          }
          String name = entry.method().declaringType().name() + "." + entry.method().name();
          if (event.request() != marks) {
            methods.add(name);
          } else if (name.endsWith(".begin")) {
            own = machine.eventRequestManager().createMethodEntryRequest();
            own.addClassFilter("dev.workerclient.*");
            own.addClassExclusionFilter(MeasuredCall.class.getName() + "*");
            own.addThreadFilter(entry.thread());
            own.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
            own.enable();
          } else if (name.endsWith(".end") && own != null) {
            own.disable();
          }
        }
        events.resume();
      }
    } catch (VMDisconnectedException e) {
      // The call has ended, and its JVM with it.
    }
  }
}
