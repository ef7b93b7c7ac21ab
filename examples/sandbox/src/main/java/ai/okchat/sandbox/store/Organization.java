package ai.okchat.sandbox.store;

/** Who owns bots. An API key belongs to exactly one. */
public record Organization(String id, String name) {}
