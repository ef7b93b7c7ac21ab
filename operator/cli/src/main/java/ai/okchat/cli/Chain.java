package ai.okchat.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The objects that one object depends on, and those that depend on it: a backend, its Chatbots, and
 * their KnowledgeSources, in this order.
 */
record Chain(List<Link> links) {

  /**
   * One object, or a reference to an object that does not exist or that the user must not read.
   *
   * @param depth 0 for the backend
   * @param object null if it does not exist, or cannot be read
   * @param unreadable the reason; empty for an object that was read or does not exist
   */
  record Link(
      int depth, ResourceType type, String name, @Nullable KubeObject object, String unreadable) {
    String title() {
      return type.kind() + "/" + name;
    }

    KubeObject.Condition ready() {
      if (object != null) {
        return object.ready();
      }
      return unreadable.isEmpty()
          ? new KubeObject.Condition(
              "False",
              "ReferenceNotFound",
              "%s %s does not exist.".formatted(type.kind(), name),
              "")
          : new KubeObject.Condition("Unknown", "", unreadable, "");
    }

    boolean isPaused() {
      return object != null && object.isPaused();
    }

    /** An object that a user paused is not broken: the user wants that. */
    boolean isBroken() {
      return unreadable.isEmpty() && !ready().isTrue() && !isPaused();
    }
  }

  Chain {
    links = List.copyOf(links);
  }

  /** Returns the first link that is not Ready; the later ones often follow from it. */
  OptionalInt firstBroken() {
    return IntStream.range(0, links.size()).filter(at -> links.get(at).isBroken()).findFirst();
  }

  /** Collects the links in the order of a tree. */
  static final class Builder {
    private final List<Link> links = new ArrayList<>();

    Builder add(int depth, ResourceType type, String name, @Nullable KubeObject object) {
      links.add(new Link(depth, type, name, object, ""));
      return this;
    }

    Builder addUnreadable(int depth, ResourceType type, String name, String reason) {
      links.add(new Link(depth, type, name, null, reason));
      return this;
    }

    Chain build() {
      return new Chain(links);
    }
  }
}
