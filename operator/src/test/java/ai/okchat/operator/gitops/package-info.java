/** How tools that apply from Git see our objects: Argo CD, kstatus (Flux), kubectl. */
@NullMarked
package ai.okchat.operator.gitops;

import org.jspecify.annotations.NullMarked;
