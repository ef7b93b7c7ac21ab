/**
 * Tests of the operator's objects in tools that apply from Git: Argo CD, kstatus (Flux), kubectl.
 */
@NullMarked
package ai.okchat.operator.gitops;

import org.jspecify.annotations.NullMarked;
