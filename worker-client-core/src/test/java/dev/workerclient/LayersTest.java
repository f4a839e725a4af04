package dev.workerclient;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

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

  @Test
  void thePackagesAreAStack() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("client")
        .definedBy(resideInAPackage("dev.workerclient").and(not(type(TypeRef.class))))
        .layer("inquiry")
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
        .definedBy(type(TypeRef.class))
        .whereLayer("client")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("inquiry")
        .mayOnlyBeAccessedByLayers("client")
        .whereLayer("call")
        .mayOnlyBeAccessedByLayers("client", "inquiry")
        .whereLayer("route")
        .mayOnlyBeAccessedByLayers("client", "inquiry", "call")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("client", "inquiry", "call", "route")
        .whereLayer("classify")
        .mayOnlyBeAccessedByLayers("client", "inquiry", "call", "route", "http")
        .whereLayer("table")
        .mayOnlyBeAccessedByLayers("inquiry", "call", "http", "classify")
        .whereLayer("health")
        .mayOnlyBeAccessedByLayers("client", "inquiry")
        .whereLayer("error")
        .mayOnlyBeAccessedByLayers(
            "client", "inquiry", "health", "call", "route", "http", "classify")
        .whereLayer("type to decode to")
        .mayOnlyBeAccessedByLayers("client", "error")
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
