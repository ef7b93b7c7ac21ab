package ai.okchat.operator.chatbot;

import ai.okchat.operator.chatbot.OwnershipModel.Account;
import ai.okchat.operator.chatbot.OwnershipModel.Place;
import ai.okchat.operator.chatbot.OwnershipModel.Through;
import java.time.Duration;
import java.util.Map;

/** One thing that happens to Chatbots, bots, accounts, the network or the operator. */
sealed interface OwnershipStep {

  void apply(OwnershipModel model);

  /** A policy of the spec, with one of its values. */
  enum Policy {
    ADOPT("adoption", "BySlug"),
    DO_NOT_ADOPT("adoption", "Never"),
    ORPHAN("deletionPolicy", "Orphan"),
    DELETE("deletionPolicy", "Delete"),
    REPORT("driftPolicy", "Report"),
    ENFORCE("driftPolicy", "Enforce");

    final String field;
    final String value;

    Policy(String field, String value) {
      this.field = field;
      this.value = value;
    }
  }

  /**
   * A user creates a Chatbot, unless the place has one.
   *
   * @param slug empty: derived
   */
  record Create(Place place, Through through, String slug, Policy policy) implements OwnershipStep {

    @Override
    public void apply(OwnershipModel model) {
      if (model.at(place).isEmpty()) {
        var spec = slug.isEmpty() ? "" : "slug: " + slug + "\n";
        model.create(place, through, spec + policy.field + ": " + policy.value);
      }
    }
  }

  /** A user changes a field that reaches the backend. */
  record Rename(Place place, String name) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.editSpec(place, spec -> spec.put("name", name));
    }
  }

  /** A user changes a policy. */
  record SetPolicy(Place place, Policy policy) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.editSpec(place, spec -> spec.put(policy.field, policy.value));
    }
  }

  /** A user deletes a Chatbot. */
  record Delete(Place place) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.delete(place);
    }
  }

  /** A person creates a bot in the dashboard. */
  record MakeByHand(Account account, String slug) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      if (!model.isSlugTaken(slug)) {
        model.makeByHand(account, slug);
      }
    }
  }

  /** A person deletes a bot in the dashboard. */
  record DeleteByHand(int number) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.bot(number).ifPresent(model::deleteByHand);
    }
  }

  /** A person renames a bot in the dashboard. */
  record ChangeByHand(int number) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.bot(number).ifPresent(model::changeByHand);
    }
  }

  /** Requests fail. */
  record Fail(String endpoint, String kind, int status, int times) implements OwnershipStep {

    @Override
    public void apply(OwnershipModel model) {
      model.sandbox.fault(
          endpoint,
          kind,
          status == 0 ? Map.of("times", times) : Map.of("times", times, "status", status));
    }
  }

  /** Lists are empty though the account has bots. */
  record LoseView(int times) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.loseView(times);
    }
  }

  /** Requests work again. */
  record ClearFaults() implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.clearFaults();
    }
  }

  /** Selects the response of the backend to a create with a slug that is in use. */
  record AnswerTakenSlug(String how) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.sandbox.flip("slugTakenStatus", how);
    }
  }

  /** Sets the time for which lists and details do not show a new bot. */
  record LagLists(int millis) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.sandbox.flip("listLagMillis", millis);
    }
  }

  /** Time passes. */
  record Wait(int seconds) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.advance(Duration.ofSeconds(seconds));
    }
  }

  /** The operator starts again. */
  record Restart() implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.restart();
    }
  }

  /** The operator is killed before one of its next requests. */
  record Kill(int beforeRequest) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.interruptions.killBeforeRequest(beforeRequest);
    }
  }

  /** The next create reaches the backend after its timeout. */
  record DelayCreate() implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.interruptions.delayNextCreate();
    }
  }

  /**
   * A person creates a bot right before the next create of the operator arrives.
   *
   * @param listFails whether the list fails after that
   */
  record BeFaster(Account account, String slug, boolean listFails) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.interruptions.beforeNextCreate(
          () -> {
            new MakeByHand(account, slug).apply(model);
            if (listFails) {
              new Fail("list-chatbots", "status", 500, 2).apply(model);
            }
          });
    }
  }

  /** A backup of a Chatbot is made. */
  record BackUp(Place place) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.backUp(place);
    }
  }

  /** The cluster loses a Chatbot. */
  record Lose(Place place) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.lose(place);
    }
  }

  /** A Chatbot is created from a backup, at its place or as a copy. */
  record Restore(Place from, Place to, boolean withStatus, boolean onShared)
      implements OwnershipStep {

    @Override
    public void apply(OwnershipModel model) {
      model.restore(from, to, withStatus, onShared ? Through.SHARED : null);
    }
  }

  /** A user writes the annotations of a claim. */
  record ForgeClaim(Place place, String slug, boolean asItself) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.forgeClaim(place, slug, asItself);
    }
  }

  /** The status of a Chatbot is lost, as in a restore without it. */
  record LoseStatus(Place place) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.loseStatus(place);
    }
  }

  /** A user removes the finalizer. */
  record StripFinalizer(Place place) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.stripFinalizer(place);
    }
  }

  /** A backend object gets another key: of the same account, of another one, of an empty one. */
  record UseKey(String namespace, String key) implements OwnershipStep {

    @Override
    public void apply(OwnershipModel model) {
      var secret = namespace.equals(DrivenOperator.NAMESPACE) ? "shared" : "okchat";
      model.useKey(namespace, secret, key);
    }
  }

  /** The hostile server responds to the next creates with the ID and organization of this bot. */
  record Impersonate(int number) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.bot(number).ifPresent(bot -> model.hostile.impersonate(bot.id(), bot.organization()));
    }
  }

  /** A user names another backend; without the rule of the schema that rejects it. */
  record SwitchBackend(Place place, Through through) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.editSpec(place, spec -> spec.set("backendRef", OwnershipModel.backendRef(through)));
    }
  }

  /** A user suspends or resumes a Chatbot. */
  record Suspend(Place place, boolean suspended) implements OwnershipStep {
    @Override
    public void apply(OwnershipModel model) {
      model.editSpec(place, spec -> spec.put("suspend", suspended));
    }
  }
}
