package ai.okchat.sandbox;

import ai.okchat.sandbox.store.Avatars;
import ai.okchat.sandbox.store.Chatbots;
import ai.okchat.sandbox.store.Conversations;
import ai.okchat.sandbox.store.Database;
import ai.okchat.sandbox.store.Documents;
import ai.okchat.sandbox.store.Organizations;
import ai.okchat.sandbox.store.Readings;

/** The stores of all data on disk. */
record Stores(
    Organizations organizations,
    Chatbots chatbots,
    Avatars avatars,
    Documents documents,
    Readings readings,
    Conversations conversations) {

  static Stores of(Database database) {
    return new Stores(
        new Organizations(database),
        new Chatbots(database),
        new Avatars(database),
        new Documents(database),
        new Readings(database),
        new Conversations(database));
  }
}
