package ai.okchat.operator.lifecycle;

import ai.okchat.operator.kubernetes.ServerSideApply;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.SequencedMap;

/**
 * Writes ConfigMaps in the namespace of the operator that record what an object orphaned in a
 * backend when the operator removed its finalizer. At most one for each object.
 */
public final class OrphanReceipts {

  /** The label of each receipt. */
  public static final String LABEL = "okchat.ai/orphan-receipt";

  private final ServerSideApply writes;
  private final String namespace;

  /**
   * @param namespace of the operator
   */
  public OrphanReceipts(ServerSideApply writes, String namespace) {
    this.writes = writes;
    this.namespace = namespace;
  }

  /** Writes the receipt, or the same one again if it exists. Returns its namespace and name. */
  public String write(HasMetadata object, SequencedMap<String, String> orphaned) {
    var receipt =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName("okchat-orphan-" + object.getMetadata().getUid())
            .addToLabels(LABEL, "true")
            .endMetadata()
            .withData(orphaned)
            .build();
    writes.applyMetadata(receipt);
    return namespace + "/" + receipt.getMetadata().getName();
  }
}
