package io.github.goldenmaven.verify.finding;

/**
 * What people read of a rule; its page in {@code docs/rules} is made from it.
 *
 * @param id upper case with underscores; never changes once released
 * @param title what the rule demands, in a line without a full stop
 * @param why what goes wrong in a company where it is broken, in a sentence or more
 * @param remedy what to do, in a sentence or more
 * @param waivable whether a policy may let it through for one digest and a time
 */
public record RuleInfo(String id, String title, String why, String remedy, boolean waivable) {}
