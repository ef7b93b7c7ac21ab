package ai.okchat.operator.testing;

import ai.okchat.operator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * The ServiceAccount that the chart makes for an operator, with the rights that the chart gives it
 * and no other: a right that the code needs and the chart lacks fails the tests.
 *
 * @param namespace the operator's own
 */
public record OperatorAccount(String namespace) {

  private static final String NAME = "okchat-operator";
  private static final List<String> RIGHTS =
      List.of("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");

  /** Applies the chart's rights for this configuration; returns when the API server heeds them. */
  public static OperatorAccount granted(KubernetesClient admin, OperatorConfig config) {
    var account = new OperatorAccount(config.operatorNamespace());
    var rendered = chart(config);
    grant(admin, rendered);
    for (var role : rendered.all(Role.class)) {
      account.await(admin, role.getMetadata().getNamespace(), role.getRules().getLast());
    }
    return account;
  }

  /** The rights of the cluster-wide install too, which do not go when the namespace goes. */
  public static void grantEverywhere(KubernetesClient admin, String namespace) {
    var account = new OperatorAccount(namespace);
    var rendered = Chart.OURS.render(NAME, namespace, "crds: {install: false}");
    grant(admin, rendered);
    var role = rendered.one(ClusterRole.class, NAME);
    account.await(admin, namespace, role.getRules().getLast());
  }

  private static void grant(KubernetesClient admin, RenderedChart rendered) {
    rendered.objects().stream()
        .filter(object -> RIGHTS.contains(object.getKind()))
        .forEach(object -> admin.resource(object).forceConflicts().serverSideApply());
  }

  /** Renders the chart for an operator with this configuration. */
  public static RenderedChart chart(OperatorConfig config) {
    return Chart.OURS.render(
        NAME,
        config.operatorNamespace(),
        "{scope: %s, watchNamespaces: [%s], crds: {install: false}, leaderElection: {enabled: %s}, shard: '%s'}"
            .formatted(
                config.watchNamespaces().isEmpty() ? "cluster" : "namespaced",
                String.join(", ", config.watchNamespaces()),
                config.leaderElection(),
                config.shard().name().orElse("")));
  }

  /** Returns the user name as RBAC rules write it. */
  public String user() {
    return "system:serviceaccount:" + namespace + ":" + NAME;
  }

  /** The administrator, acting as this account. */
  Config impersonatedBy(Config administrator) {
    return new ConfigBuilder(administrator)
        .withImpersonateUsername(user())
        .withImpersonateGroups(
            "system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated")
        .build();
  }

  private void await(KubernetesClient admin, String where, PolicyRule rule) {
    var review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(user())
            .withNewResourceAttributes()
            .withNamespace(where)
            .withGroup(rule.getApiGroups().getFirst())
            .withResource(rule.getResources().getFirst())
            .withName(rule.getResourceNames().stream().findFirst().orElse(""))
            .withVerb(rule.getVerbs().getFirst())
            .endResourceAttributes()
            .endSpec()
            .build();
    Awaitility.await("rights in " + where)
        .atMost(OperatorFixture.PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> admin.resource(review).create().getStatus().getAllowed());
  }
}
