package dev.workerclient;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** Each package imports only those below it, and users see no type but what they should. */
class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.workerclient");

  private static final DescribedPredicate<JavaClass> TYPE_REF = type(TypeRef.class);

  /** Values that users hold and the engine reads, with their builders. */
  private static final DescribedPredicate<JavaClass> OPTIONS =
      belongToAnyOf(
          RetryOptions.class,
          RetryBudgetOptions.class,
          HedgingOptions.class,
          CircuitBreakerOptions.class,
          Arguments.class);

  @Test
  void thePackagesAreAStack() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("json")
        .definedBy("dev.workerclient.internal.json")
        .layer("client")
        .definedBy(resideInAPackage("dev.workerclient").and(not(TYPE_REF)).and(not(OPTIONS)))
        .layer("engine")
        .definedBy("dev.workerclient.internal.engine")
        .layer("health check")
        .definedBy("dev.workerclient.internal.health")
        .layer("call")
        .definedBy("dev.workerclient.internal.call")
        .layer("route")
        .definedBy("dev.workerclient.internal.route")
        .layer("http")
        .definedBy("dev.workerclient.internal.http")
        .layer("classify")
        .definedBy("dev.workerclient.internal.classify")
        .layer("table")
        .definedBy("dev.workerclient.internal.classify.table")
        .layer("health")
        .definedBy("dev.workerclient.health")
        .layer("error")
        .definedBy("dev.workerclient.error")
        .layer("type to decode to")
        .definedBy(TYPE_REF)
        .layer("options")
        .definedBy(OPTIONS)
        .whereLayer("json")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("client")
        .mayOnlyBeAccessedByLayers("json")
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("client")
        .whereLayer("health check")
        .mayOnlyBeAccessedByLayers("client", "engine")
        .whereLayer("call")
        .mayOnlyBeAccessedByLayers("client", "engine", "health check")
        .whereLayer("route")
        .mayOnlyBeAccessedByLayers("client", "engine", "health check", "call")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("client", "engine", "health check", "call", "route")
        .whereLayer("classify")
        .mayOnlyBeAccessedByLayers(
            "json", "client", "options", "engine", "health check", "call", "route", "http")
        .whereLayer("table")
        .mayOnlyBeAccessedByLayers("health check", "call", "http", "classify")
        .whereLayer("health")
        .mayOnlyBeAccessedByLayers("json", "client", "engine", "health check")
        .whereLayer("error")
        .mayOnlyBeAccessedByLayers(
            "json",
            "client",
            "engine",
            "health check",
            "health",
            "call",
            "route",
            "http",
            "classify",
            "table")
        .whereLayer("type to decode to")
        .mayOnlyBeAccessedByLayers("client", "error")
        .whereLayer("options")
        .mayOnlyBeAccessedByLayers("client", "engine")
        .check(CLASSES);
  }

  @Test
  void publicSignaturesNameNoThirdPartyTypeButThreeOfTheBuilders() {
    ArchRuleDefinition.methods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage("dev.workerclient", "dev.workerclient.error", "dev.workerclient.health")
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .and()
        .arePublic()
        .and()
        .haveNameNotMatching("okHttpClient|circuitBreakerRegistry|retryRegistry")
        .should(new PublicSignature())
        .check(CLASSES);
  }
}
