package ai.okchat.sandbox.server;

import ai.okchat.sandbox.store.Avatars;
import ai.okchat.sandbox.store.Chatbots;
import ai.okchat.sandbox.store.Database;
import ai.okchat.sandbox.store.Organizations;

/** Everything on disk. */
record Stores(Database database, Organizations organizations, Chatbots chatbots, Avatars avatars) {

  static Stores of(Database database) {
    return new Stores(
        database, new Organizations(database), new Chatbots(database), new Avatars(database));
  }
}
