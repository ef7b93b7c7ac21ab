package ai.okchat.sandbox.store;

/** An owner of bots. An API key belongs to exactly one organization. */
public record Organization(String id, String name) {}
