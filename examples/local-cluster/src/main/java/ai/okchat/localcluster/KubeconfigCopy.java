package ai.okchat.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A copy of the kubeconfig in the file of the user, while the cluster runs. */
record KubeconfigCopy(Path file, boolean removeAtEnd) implements AutoCloseable {

  /**
   * Writes the copy.
   *
   * @param target null: no copy
   */
  static KubeconfigCopy of(LocalCluster cluster, @Nullable Path target) {
    if (target == null) {
      return new KubeconfigCopy(cluster.kubeconfig(), false);
    }
    DataDirectory.writePrivate(target, cluster.kubeconfigYaml());
    var copy = new KubeconfigCopy(target, true);
    Runtime.getRuntime().addShutdownHook(new Thread(copy::close, "kubeconfig-remove"));
    return copy;
  }

  @Override
  public void close() {
    try {
      if (removeAtEnd) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new LocalClusterException("cannot remove " + file, e);
    }
  }
}
