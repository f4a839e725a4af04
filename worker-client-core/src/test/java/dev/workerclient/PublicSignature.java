package dev.workerclient;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;

/** A public method's types are the JDK's or the library's public ones. */
final class PublicSignature extends ArchCondition<JavaMethod> {
  PublicSignature() {
    super("name types of the JDK and the library's public packages alone");
  }

  @Override
  public void check(JavaMethod method, ConditionEvents events) {
    Set<String> foreign =
        method.getAllInvolvedRawTypes().stream()
            .map(JavaClass::getBaseComponentType)
            .filter(type -> !type.isPrimitive() && !isAllowed(type.getPackageName()))
            .map(JavaClass::getName)
            .collect(Collectors.toSet());
    events.add(
        new SimpleConditionEvent(
            method, foreign.isEmpty(), method.getFullName() + " names " + foreign));
  }

  private static boolean isAllowed(String packageName) {
    return packageName.startsWith("java.")
        || packageName.equals("dev.workerclient")
        || packageName.equals("dev.workerclient.error")
        || packageName.equals("dev.workerclient.health");
  }
}
