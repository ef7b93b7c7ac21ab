package ai.okchat.operator.faults;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Failure that must not happen to a Chatbot, its backend or the operator's process. The display
 * name of a test begins with the modes that it covers, as in {@code "T1 T2: ..."}.
 */
enum FailureMode {
  T1("the process ends between the create and the record of its response"),
  T2("the response is lost after the backend committed"),
  T3("a stale cache hides what was just written"),
  T4("the new bot cannot be read for a while"),
  T5("a failed read counts as an absence"),
  T6("a Chatbot is restored without its status"),
  T7("the bot is deleted by hand"),
  T8("the credentials are deleted before the Chatbot"),
  T9("a Chatbot that never got a bot cannot be deleted"),
  T10("the backend cannot be reached at the deletion"),
  T11("the operator is removed before its objects"),
  T12("something of another owner is deleted or written"),
  T13("a rename orphans the old bot"),
  T14("two objects claim one bot"),
  T15("the policy or the account changes later"),
  T16("two operators, or two clusters with one account"),
  T17("the backend writes a value in another form"),
  T18("a status write triggers itself"),
  T19("a status write resets the back-off"),
  T20("an object is requeued without a pause"),
  T21("retries end, and the object is never reconciled again"),
  T22("a transient error counts as a permanent one, or the reverse"),
  T23("many 429 responses, and the load after a restart"),
  T24("each resync writes to the backend"),
  T25("Ready stays True on a failed update"),
  T26("an edit of a field is not synced"),
  T27("the rotation of a Secret is missed"),
  T28("a secret appears where users can read it"),
  T29("the object outgrows the store's limit"),
  T30("unrelated Secrets fill the memory"),
  T31("a webhook that is down blocks deletions"),
  T32("foreground deletion, and finalizers of other controllers"),
  T33("writes of the operator conflict with GitOps"),
  T34("errors in the clean-up cannot be seen"),
  T35("the deletion is repeated forever"),
  T36("the CRD is too large for a client-side apply"),
  T37("health is read from a status of an older generation"),
  T45("an ID from a server of a tenant is used on a shared account"),
  T46("a recreation adopts a bot of another owner"),
  T47("a recreation does not look up the slug"),
  T48("after a rejected create a bot of another owner is adopted"),
  T49("two objects have one ID"),
  T50("the clean-up of a restored copy deletes the bot"),
  T51("edited annotations move a bot between namespaces"),
  T52("an annotation of a tenant blocks a slug of another tenant"),
  T53("an empty account completes a deletion"),
  T54("a time in an annotation is in the future"),
  T55("documents stay after their Chatbot was orphaned"),
  T56("a KnowledgeSource without a bot cannot be deleted"),
  T57("a backend that is being deleted ignores its Secret"),
  T58("a revoked key in memory blocks a deletion forever"),
  T59("the finalizer of a backend in use is not added again"),
  T60("a long list of bots stops the account, deletions included"),
  T61("a response of a backend fills the heap"),
  T62("refs, objects or an endless pack of git fill the heap or the disk"),
  T63("HTML of very many elements fills the heap"),
  T64("headers and compressed sitemaps fill the heap"),
  T65("informers keep whole specs, and large ones fill the heap"),
  T66("a closed source keeps its content in memory"),
  T67("a glob or a long name makes a reconciliation run forever"),
  T68("slow sites occupy permits and threads, and waiting objects poll"),
  T69("the sitemaps of a source have no time limit"),
  T70("the temporary files of sources evict the Pod"),
  T71("a document that a proxy rejects is sent again and again, and never named"),
  T72("a document that always ends ambiguous keeps its source from Ready"),
  T73("a JSON 404 for an upload causes a hot loop"),
  T74("an accepted removal that the list still shows causes a hot loop"),
  T75("only the next poll closes the circuit breaker"),
  T76("a key that one endpoint rejects triggers every object at each poll"),
  T77("the wall clock steps back, and no request gets a permit"),
  T78("after a restore of etcd, every object counts as stale"),
  T79("after a Java Error, the object is never reconciled again"),
  T80("a bot that is listed and not found by its ID is read each second"),
  T81("every ConfigMap of the namespace triggers a source with a selector"),
  T82("changes in one account trigger objects of another"),
  T83("each new Chatbot with a slug costs a list"),
  T84("a new KnowledgeSource reads a ledger that does not exist"),
  T85("an annotation or an unrelated edit overwrites drift"),
  T86("the text of a document appears in status, Events or the ledger"),
  T87("a derived slug is invalid"),
  T88("a rejected document is never sent again"),
  T89("an ID of the backend is longer than the CRD allows"),
  T90("two sources of a bot delete each other's documents"),
  T91("the names of files need a UTF-8 locale"),
  T92("a link passes the schema, and the HTTP client rejects it"),
  T93("a negative selector admits an unobserved namespace"),
  T94("a source sends any Secret of its namespace to a server that its author names"),
  T95("a web source follows a redirect from https to http"),
  T96("a narrowed NetworkPolicy is invalid, or admits the address of cloud metadata"),
  T97("a proxy variable redirects the requests to the API server"),
  T98("a web page calls the controls of the sandbox"),
  T99("a write through one object is not noticed by another"),
  T100("an object that is created again gets the status of the removed one"),
  T101("the clean-up of a restored copy removes the documents of the original"),
  B1("an update replaces all settings"),
  B2("updated_at does not change"),
  B6("only the create can set the slug"),
  B7("the chat widget cannot be read"),
  B8("errors are undocumented"),
  B9("responses echo requests and headers");

  private final String words;
  private final @Nullable String reason;

  FailureMode(String words) {
    this(words, null);
  }

  FailureMode(String words, @Nullable String reason) {
    this.words = words;
    this.reason = reason;
  }

  /** Returns the description of the failure. */
  String description() {
    return words;
  }

  /** Returns the reason for which there is no test here; empty if there must be one. */
  Optional<String> untestedBecause() {
    return Optional.ofNullable(reason);
  }
}
