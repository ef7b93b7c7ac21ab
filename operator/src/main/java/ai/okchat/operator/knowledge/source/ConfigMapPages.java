package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.SourceException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the ConfigMaps that a selector matches, a few at a time: the next page is read
 * while the caller processes the current one, and only these two are in memory.
 */
final class ConfigMapPages implements Iterator<List<ConfigMap>>, AutoCloseable {

  private static final long AT_A_TIME = 2;

  private final KubernetesClient kubernetes;
  private final String namespace;
  private final LabelSelector selector;
  private final ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable Future<ConfigMapList> coming;

  private ConfigMapPages(KubernetesClient kubernetes, String namespace, LabelSelector selector) {
    this.kubernetes = kubernetes;
    this.namespace = namespace;
    this.selector = selector;
  }

  static ConfigMapPages open(
      KubernetesClient kubernetes, String namespace, LabelSelector selector) {
    var pages = new ConfigMapPages(kubernetes, namespace, selector);
    pages.request(null);
    return pages;
  }

  @Override
  public boolean hasNext() {
    return coming != null;
  }

  /**
   * Returns the next page.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if it cannot be read
   */
  @Override
  public List<ConfigMap> next() {
    var page = await();
    var next = page.getMetadata().getContinue();
    coming = null;
    if (next != null && !next.isEmpty()) {
      request(next);
    }
    return page.getItems();
  }

  private void request(@Nullable String continueToken) {
    var options = new ListOptionsBuilder().withLimit(AT_A_TIME).withContinue(continueToken).build();
    coming =
        reader.submit(
            () ->
                kubernetes
                    .configMaps()
                    .inNamespace(namespace)
                    .withLabelSelector(selector)
                    .list(options));
  }

  private ConfigMapList await() {
    if (coming == null) {
      throw new NoSuchElementException();
    }
    try {
      return coming.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException("The operator is stopping.", true);
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
    reader.close();
  }
}
