package ai.okchat.operator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatClient;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.account.Account;
import ai.okchat.operator.fetch.FetchException;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
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
import io.fabric8.kubernetes.client.Client;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Call;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Permitted dependencies between packages (design.md section 9), and names that are banned. */
class PackageRulesTest {
  private static final String OURS = "ai.okchat.operator";
  private static final String CLIENT = "ai.okchat.client";
  private static final String PLANNING = "ai.okchat.planning";
  private static final JavaClasses OPERATOR = imported(OURS);
  private static final JavaClasses CODE = imported(OURS, CLIENT, PLANNING);

  /** The packages of other modules, by their names in the table. */
  private static final Map<String, String> MODULES = Map.of("client", CLIENT, "planning", PLANNING);

  private static final Pattern NAMES_NOTHING =
      Pattern.compile(".*(Utils?|Helpers?|Managers?|Impl)|Abstract.*");

  private static final List<String> SHARED =
      List.of(
          "client",
          "planning",
          "status",
          "scheduling",
          "kubernetes",
          "lifecycle",
          "account",
          "shard");

  static Stream<Arguments> knows() {
    return Stream.of(
        arguments("fetch", List.of("planning")),
        arguments("health", List.of()),
        arguments("shard", List.of()),
        arguments("config", List.of("fetch", "shard")),
        arguments("status", List.of("client", "fetch", "planning")),
        arguments("scheduling", List.of("status")),
        arguments("kubernetes", List.of("status", "scheduling")),
        arguments("lifecycle", List.of("status", "kubernetes")),
        arguments("account", List.of("client", "scheduling")),
        arguments(
            "metrics",
            List.of("client", "planning", "status", "account", "kubernetes", "lifecycle")),
        arguments("backend", SHARED),
        arguments("chatbot", with(SHARED, "backend", "fetch")),
        arguments("knowledge", with(SHARED, "backend", "fetch")));
  }

  private static JavaClasses imported(String... packages) {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(packages);
  }

  private static List<String> with(List<String> others, String... more) {
    return Stream.concat(others.stream(), Arrays.stream(more)).toList();
  }

  @ParameterizedTest(name = "{0} knows {1}")
  @MethodSource("knows")
  void packageDependsOnlyOnPermittedPackages(String name, List<String> others) {
    // Given
    var allowed =
        Stream.concat(Stream.of(name), others.stream())
            .map(packageName -> MODULES.getOrDefault(packageName, OURS + "." + packageName))
            .map(packageName -> packageName + "..")
            .toArray(String[]::new);
    var forbidden =
        resideInAnyPackage(OURS + "..", CLIENT + "..", PLANNING + "..")
            .and(DescribedPredicate.not(resideInAnyPackage(allowed)));

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
  void tableHasEveryPackage() {
    // Given
    var inTable = knows().map(rule -> OURS + "." + rule.get()[0]).toList();

    // When
    var packages = OPERATOR.getPackage(OURS).getSubpackages().stream().map(JavaPackage::getName);

    // Then
    assertThat(inTable).containsAll(packages.toList());
  }

  @Test
  void statusUsesOnlyExceptionsOfCallsAndLinks() {
    // Given
    var exceptions =
        DescribedPredicate.<JavaClass>describe(
            "an exception of calls or links",
            type ->
                type.isEquivalentTo(OkChatException.class)
                    || type.isEquivalentTo(FailureKind.class)
                    || (type.isAssignableTo(RuntimeException.class)
                        && type.getPackageName().equals(FetchException.class.getPackageName())));

    // When
    var rule =
        noClasses()
            .that()
            .resideInAPackage(OURS + ".status..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(CLIENT + "..", OURS + ".fetch..")
                    .and(DescribedPredicate.not(exceptions)));

    // Then
    rule.check(OPERATOR);
  }

  @Test
  void packagesHaveNoCycles() {
    // When
    var rule = slices().matching(OURS + ".(**)").should().beFreeOfCycles();

    // Then
    rule.check(OPERATOR);
  }

  @Test
  void clientsOfExternalServicesDoNotUseKubernetes() {
    // When
    var rule =
        noClasses()
            .that()
            .resideInAnyPackage(CLIENT + "..", OURS + ".fetch..", OURS + ".health..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..", "ai.okchat.api..");

    // Then
    rule.check(CODE);
  }

  @Test
  void planningUsesNoKubernetesClientAndNothingOfTheOperator() {
    // When
    var rule =
        noClasses()
            .that()
            .resideInAPackage(PLANNING + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..", OURS + "..");

    // Then
    rule.check(CODE);
  }

  @Test
  void noPackageOrTypeHasAMeaninglessName() {
    // Given
    var packages =
        DescribedPredicate.<JavaClass>describe(
            "in a package of odds and ends",
            type ->
                Arrays.stream(type.getPackageName().split("\\."))
                    .anyMatch(List.of("util", "utils", "common", "impl", "core")::contains));
    var names =
        DescribedPredicate.<JavaClass>describe(
            "named after no thing", type -> NAMES_NOTHING.matcher(type.getSimpleName()).matches());

    // When
    var rule = noClasses().should(ArchCondition.from(packages.or(names)));

    // Then
    rule.check(CODE);
  }

  @Test
  void everyTypeHasItsOwnName() {
    // When
    var types =
        CODE.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getSimpleName));

    // Then
    assertThat(types).allSatisfy((name, same) -> assertThat(same).as(name).hasSize(1));
  }

  @Test
  void factoryMethodsSendAndReadNothing() {
    // Given
    var sending =
        DescribedPredicate.<JavaMethod>describe(
            "send requests or read files",
            method ->
                method.getCallsFromSelf().stream()
                    .map(JavaCall::getTargetOwner)
                    .anyMatch(PackageRulesTest::doesIo));

    // When
    var rule =
        noMethods().that().haveName("of").or().haveName("from").should(ArchCondition.from(sending));

    // Then
    rule.check(CODE);
  }

  @Test
  void environmentIsReadInOnePlace() {
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
    rule.check(CODE);
  }

  @Test
  void conditionsAreMadeInOnePlace() {
    // Given
    var making =
        DescribedPredicate.<JavaClass>describe(
            "make a Condition",
            type ->
                type.getConstructorCallsFromSelf().stream()
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
  void failuresOfTheBackendBecomeReasonsInOnePlace() {
    // Given
    var translating =
        DescribedPredicate.<JavaClass>describe(
            "translate a failure of the backend into a reason",
            type -> type.getMethods().stream().anyMatch(PackageRulesTest::translates));

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
  void everyClassIsFinal() {
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
    rule.check(CODE);
  }

  @Test
  void nullsAreCheckedEverywhere() {
    // When
    var packages = OPERATOR.getPackage(OURS).getSubpackagesInTree();

    // Then
    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(
            entry ->
                assertThat(entry.isAnnotatedWith(NullMarked.class)).as(entry.getName()).isTrue());
  }

  /** Asks for the kind of a failure and names a reason in the same method. */
  private static boolean translates(JavaMethod method) {
    var asksForKind =
        method.getMethodCallsFromSelf().stream()
            .anyMatch(
                call ->
                    call.getTargetOwner().isEquivalentTo(OkChatException.class)
                        && call.getName().equals("kind"));
    return asksForKind
        && method.getFieldAccesses().stream()
            .anyMatch(access -> access.getTargetOwner().isEquivalentTo(Reason.class));
  }

  private static boolean doesIo(JavaClass owner) {
    return owner.isAssignableTo(Account.class)
        || owner.isAssignableTo(OkChatClient.class)
        || owner.isAssignableTo(Call.class)
        || owner.isAssignableTo(Client.class)
        || owner.isAssignableTo(Files.class);
  }

  private static DescribedPredicate<JavaClass> sealedEnumBodies() {
    return DescribedPredicate.describe(
        "an enum whose constants have bodies",
        type -> type.isEnum() && !type.getSubclasses().isEmpty());
  }
}
