package ai.okchat.operator.faults;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A namespace whose user applies hostile inputs, with one Chatbot that sources refer to. */
final class NoisyNamespace {

  private static final String CHATBOT = "support";
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final OperatorFixture world;
  private final HostileServer server;
  private final SimilarFiles similar;

  /**
   * One kind of hostile input.
   *
   * @param name its description
   * @param expected reason of the condition Ready of its objects; null if they differ
   */
  record Input(String name, @Nullable Reason expected, Runnable apply) {

    boolean isReported(SortedMap<String, Long> reasons) {
      return expected == null
          ? !reasons.containsKey("")
          : reasons.keySet().equals(Set.of(expected.name()));
    }
  }

  NoisyNamespace(OperatorFixture world, HostileServer server, SimilarFiles similar) {
    this.world = world;
    this.server = server;
    this.similar = similar;
  }

  void create() throws IOException, GeneralSecurityException {
    world.connectBackend();
    world.applySecret("deploy-key", similar.secret());
    world.applyChatbot(CHATBOT);
    world.awaitReady(CHATBOT);
  }

  List<Input> inputs() {
    return List.of(
        new Input(
            "3 backends that list a million bots each",
            Reason.UnexpectedResponse,
            times(3, this::bots)),
        new Input(
            "a list of documents of 1.4 million brackets",
            Reason.UnsupportedListFormat,
            this::brackets),
        new Input(
            "a git server of 3 million refs",
            Reason.SourceRejected,
            times(2, web("git", "/refs.git"))),
        new Input(
            "a pack that declares 1.5 GiB",
            Reason.SourceRejected,
            times(2, web("git", "/pack.git"))),
        new Input(
            "2 similar files of 80 MB in one repository", Reason.SourceRejected, this::similar),
        new Input("4 pages of 1.3 million elements", Reason.DocumentsFailed, times(4, this::html)),
        new Input(
            "100 pages with headers of 200 KB",
            Reason.Ready,
            times(2, web("sitemap", "/tagged.xml"))),
        new Input(
            "compressed sitemaps of a million links",
            Reason.SourceRejected,
            times(4, web("sitemap", "/sitemap.xml.gz"))),
        new Input("20 specs of 1.4 MiB", Reason.Ready, times(20, this::largeSpec)),
        new Input("9 globs that backtrack", Reason.NoDocuments, this::globs),
        new Input("14 sites that do not respond", Reason.Ingesting, times(14, this::slow)),
        new Input("9 documents that a proxy rejects", Reason.DocumentsFailed, this::rejected),
        new Input("times in annotations in the year 9999", null, this::future));
  }

  Input allAtOnce() {
    return new Input("all at once", null, () -> inputs().forEach(input -> input.apply().run()));
  }

  /** Asks for all sources again, as a user may at any time. */
  void refresh() {
    var patch =
        "{\"metadata\": {\"annotations\": {\"okchat.ai/refresh-requested-at\": \"%s\"}}}"
            .formatted(Instant.now());
    sources().forEach(source -> world.kubernetes().resource(source).patch(MERGE, patch));
  }

  /** Returns the number of applied objects by reason of their condition Ready, "" for none yet. */
  SortedMap<String, Long> reasons() {
    return applied()
        .collect(
            Collectors.groupingBy(NoisyNamespace::reason, TreeMap::new, Collectors.counting()));
  }

  /** Removes all that was applied, whatever that leaves in a backend. */
  void clear() {
    world.backend().clearFaults();
    applied().forEach(object -> world.kubernetes().resource(object).delete());
    applied().forEach(this::removeFinalizers);
    world.kubernetes().configMaps().inNamespace(world.namespace()).withName("noise").delete();
    Awaitility.await("end of the hostile objects")
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> applied().findAny().isEmpty());
  }

  private void removeFinalizers(HasMetadata object) {
    try {
      world.kubernetes().resource(object).patch(MERGE, "{\"metadata\": {\"finalizers\": null}}");
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  private static Runnable times(int number, IntConsumer apply) {
    return () -> IntStream.range(0, number).forEach(apply);
  }

  private void bots(int number) {
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: ChatbotBackend
        metadata: {name: bots-%d}
        spec:
          url: %s
          allowInsecure: true
          apiKeySecretRef: {name: okchat, key: api-key}
          pollInterval: 1s
        """
            .formatted(number, server.url("/bots/" + number)));
  }

  private void brackets() {
    var list = "{\"documents\": [" + "[],".repeat(1_400_000) + "[]]}";
    world.backend().fault("list-knowledge", "status", Map.of("status", 200, "body", list));
    world.applySource("brackets", "documents: [{name: hours, text: 'Always.'}]");
  }

  private IntConsumer web(String kind, String path) {
    var url = server.url(path);
    return number ->
        world.applySource(
            "source-" + number,
            kind.equals("git")
                ? "git: {url: '%s'}".formatted(url)
                : "web: {sitemap: '%s'}".formatted(url));
  }

  private void similar() {
    world.applySource("similar-http", "git: {url: '%s'}".formatted(similar.urlOverHttp()));
    world.applySource(
        "similar-ssh",
        "git: {url: '%s', secretRef: {name: deploy-key}}".formatted(similar.urlOverSsh()));
  }

  private void html(int number) {
    world.applySource(
        "html-" + number, "web: {urls: ['%s']}".formatted(server.url("/html/" + number)));
  }

  private void slow(int number) {
    world.applySource(
        "slow-" + number, "web: {urls: ['%s']}".formatted(server.url("/slow/" + number)));
  }

  private void largeSpec(int number) {
    world.applySource(
        "large-" + number,
        IntStream.range(0, 6)
            .mapToObj(
                document ->
                    "{name: document-%d, text: '%s'}".formatted(document, "t".repeat(240_000)))
            .collect(Collectors.joining(", ", "documents: [", "]")));
  }

  private void globs() {
    configMap(Map.of("a".repeat(250), "Text."));
    IntStream.range(0, 9)
        .forEach(
            number ->
                world.applySource(
                    "glob-" + number,
                    "configMap: {name: noise, include: ['%sb']}".formatted("*a".repeat(19))));
  }

  private void rejected() {
    world.backend().fault("upload-knowledge", "status", Backend.REJECTED_BY_PROXY);
    configMap(
        IntStream.range(0, 9)
            .boxed()
            .collect(Collectors.toMap("document-%d.md"::formatted, "Text %d."::formatted)));
    world.applySource("rejected", "configMap: {name: noise}");
  }

  private void future() {
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata:
          name: future
          annotations: {okchat.ai/slug: future, okchat.ai/claim: 'x@9999-12-31T23:59:59Z'}
        spec: {name: Future, prompt: You help.}
        ---
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata:
          name: future
          annotations: {okchat.ai/claim: '-@9999-12-31T23:59:59Z'}
        spec: {chatbotRef: {name: support}, documents: [{name: hours, text: Always.}]}
        """);
  }

  private void configMap(Map<String, String> data) {
    var configMap =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("noise")
            .withNamespace(world.namespace())
            .endMetadata()
            .withData(data)
            .build();
    world.kubernetes().resource(configMap).forceConflicts().serverSideApply();
  }

  private Stream<HasMetadata> applied() {
    return Stream.of(
            Stream.<HasMetadata>empty(),
            all(KnowledgeSource.class),
            all(Chatbot.class).filter(chatbot -> !isNamed(chatbot, CHATBOT)),
            all(ChatbotBackend.class).filter(backend -> !isNamed(backend, "default")))
        .flatMap(objects -> objects);
  }

  private Stream<KnowledgeSource> sources() {
    return all(KnowledgeSource.class);
  }

  private <P extends HasMetadata> Stream<P> all(Class<P> kind) {
    return world
        .kubernetes()
        .resources(kind)
        .inNamespace(world.namespace())
        .list()
        .getItems()
        .stream();
  }

  private static boolean isNamed(HasMetadata object, String name) {
    return object.getMetadata().getName().equals(name);
  }

  private static String reason(HasMetadata object) {
    return Conditions.find(Conditions.of(object), ConditionType.Ready)
        .map(Condition::getReason)
        .orElse("");
  }
}
