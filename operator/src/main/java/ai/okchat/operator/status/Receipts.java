package ai.okchat.operator.status;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.SequencedMap;

/**
 * ConfigMaps in the operator's namespace that say what an object left in a backend when it was let
 * go. At most one for each object.
 */
public final class Receipts {

  /** On each of them. */
  public static final String LABEL = "okchat.ai/orphan-receipt";

  private final OwnWrites writes;
  private final String namespace;

  /**
   * @param namespace where receipts are kept: the operator's own
   */
  public Receipts(OwnWrites writes, String namespace) {
    this.writes = writes;
    this.namespace = namespace;
  }

  /** Writes the receipt; the same one again where it is there already. Says where it is. */
  public String leave(HasMetadata gone, SequencedMap<String, String> whatIsLeft) {
    var receipt =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName("okchat-orphan-" + gone.getMetadata().getUid())
            .addToLabels(LABEL, "true")
            .endMetadata()
            .withData(whatIsLeft)
            .build();
    writes.applyMetadata(receipt);
    return namespace + "/" + receipt.getMetadata().getName();
  }
}
