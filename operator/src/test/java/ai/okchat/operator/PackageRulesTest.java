package ai.okchat.operator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.okchat.operator.fetch.FetchException;
import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom (design.md section 9), and the names that nothing may have. */
class PackageRulesTest {
  private static final String OURS = "ai.okchat.operator";
  private static final JavaClasses OPERATOR =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(OURS);

  private static final Pattern NAMES_NOTHING =
      Pattern.compile(".*(Utils?|Helpers?|Managers?|Impl)|Abstract.*");

  static Stream<Arguments> knows() {
    return Stream.of(
        arguments("okchat", List.of()),
        arguments("fetch", List.of()),
        arguments("management", List.of()),
        arguments("metrics", List.of("okchat", "status", "backend")),
        arguments("shard", List.of()),
        arguments("kubernetes", List.of()),
        arguments("config", List.of("fetch", "shard")),
        arguments("status", List.of("okchat", "fetch")),
        arguments("backend", List.of("okchat", "status", "shard")),
        arguments(
            "chatbot", List.of("backend", "okchat", "status", "fetch", "shard", "kubernetes")),
        arguments(
            "knowledge", List.of("backend", "okchat", "status", "fetch", "shard", "kubernetes")));
  }

  @ParameterizedTest(name = "{0} knows {1}")
  @MethodSource("knows")
  void a_package_knows_these_of_ours_and_no_other(String name, List<String> others) {
    // Given
    var allowed =
        Stream.concat(Stream.of(name), others.stream())
            .map(it -> OURS + "." + it + "..")
            .toArray(String[]::new);
    var forbidden =
        resideInAPackage(OURS + "..").and(DescribedPredicate.not(resideInAnyPackage(allowed)));

    // When
    var rule =
        noClasses()
            .that()
            .resideInAPackage(OURS + "." + name + "..")
            .should()
            .dependOnClassesThat(forbidden)
            .allowEmptyShould(true);

    // Then
    rule.check(OPERATOR);
  }

  @Test
  void the_table_has_every_package() {
    // Given
    var inTable = knows().map(it -> OURS + "." + it.get()[0]).toList();

    // When
    var packages = OPERATOR.getPackage(OURS).getSubpackages().stream().map(JavaPackage::getName);

    // Then
    assertThat(inTable).containsAll(packages.toList());
  }

  @Test
  void status_knows_of_calls_and_links_only_how_they_fail() {
    // Given
    var exceptions =
        DescribedPredicate.<JavaClass>describe(
            "an exception of calls or links",
            it ->
                it.isEquivalentTo(OkChatException.class)
                    || it.isEquivalentTo(FailureKind.class)
                    || (it.isAssignableTo(RuntimeException.class)
                        && it.getPackageName().equals(FetchException.class.getPackageName())));

    // When
    var rule =
        noClasses()
            .that()
            .resideInAPackage(OURS + ".status..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(OURS + ".okchat..", OURS + ".fetch..")
                    .and(DescribedPredicate.not(exceptions)));

    // Then
    rule.check(OPERATOR);
  }

  @Test
  void there_are_no_cycles() {
    // When
    var rule = slices().matching(OURS + ".(**)").should().beFreeOfCycles();

    // Then
    rule.check(OPERATOR);
  }

  @Test
  void what_speaks_to_the_outside_knows_no_kubernetes() {
    // When
    var rule =
        noClasses()
            .that()
            .resideInAnyPackage(OURS + ".okchat..", OURS + ".fetch..", OURS + ".management..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..", "ai.okchat.api..");

    // Then
    rule.check(OPERATOR);
  }

  @Test
  void nothing_has_a_name_that_says_nothing() {
    // Given
    var packages =
        DescribedPredicate.<JavaClass>describe(
            "in a package of odds and ends",
            it ->
                Arrays.stream(it.getPackageName().split("\\."))
                    .anyMatch(List.of("util", "utils", "common", "impl", "core")::contains));
    var names =
        DescribedPredicate.<JavaClass>describe(
            "named after no thing", it -> NAMES_NOTHING.matcher(it.getSimpleName()).matches());

    // When
    var rule = noClasses().should(ArchCondition.from(packages.or(names)));

    // Then
    rule.check(OPERATOR);
  }

  @Test
  void the_environment_is_read_in_one_place() {
    // When
    var rule =
        noClasses()
            .that()
            .doNotBelongToAnyOf(OperatorMain.class)
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    // Then
    rule.check(OPERATOR);
  }

  @Test
  void conditions_are_made_in_one_place() {
    // Given
    var making =
        DescribedPredicate.<JavaClass>describe(
            "make a Condition",
            it ->
                it.getConstructorCallsFromSelf().stream()
                    .map(call -> call.getTargetOwner())
                    .anyMatch(
                        owner ->
                            owner.isEquivalentTo(Condition.class)
                                || owner.isEquivalentTo(ConditionBuilder.class)));

    // When
    var rule =
        noClasses().that().doNotBelongToAnyOf(Conditions.class).should(ArchCondition.from(making));

    // Then
    rule.check(OPERATOR);
  }

  @Test
  void failures_of_the_backend_become_reasons_in_one_place() {
    // Given
    var translating =
        DescribedPredicate.<JavaClass>describe(
            "translate a failure of the backend into a reason",
            it -> it.getMethods().stream().anyMatch(PackageRulesTest::translates));

    // When
    var rule =
        noClasses()
            .that()
            .doNotBelongToAnyOf(Failure.class)
            .should(ArchCondition.from(translating));

    // Then
    rule.check(OPERATOR);
    assertThat(OPERATOR.get(Failure.class).getMethods()).anyMatch(PackageRulesTest::translates);
  }

  @Test
  void nothing_is_shared_by_inheritance() {
    // When
    var rule =
        classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotAnonymousClasses()
            .and(DescribedPredicate.not(sealedEnumBodies()))
            .should()
            .haveModifier(JavaModifier.FINAL);

    // Then
    rule.check(OPERATOR);
  }

  @Test
  void nulls_are_checked_everywhere() {
    // When
    var packages = OPERATOR.getPackage(OURS).getSubpackagesInTree();

    // Then
    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(
            it -> assertThat(it.isAnnotatedWith(NullMarked.class)).as(it.getName()).isTrue());
  }

  /** Asks for the kind of a failure and names a reason in the same method. */
  private static boolean translates(JavaMethod method) {
    var asksForKind =
        method.getMethodCallsFromSelf().stream()
            .anyMatch(
                it ->
                    it.getTargetOwner().isEquivalentTo(OkChatException.class)
                        && it.getName().equals("kind"));
    return asksForKind
        && method.getFieldAccesses().stream()
            .anyMatch(it -> it.getTargetOwner().isEquivalentTo(Reason.class));
  }

  private static DescribedPredicate<JavaClass> sealedEnumBodies() {
    return DescribedPredicate.describe(
        "an enum whose constants have bodies", it -> it.isEnum() && !it.getSubclasses().isEmpty());
  }
}
