/** Benchmarks that are run by hand; figures and how to repeat them are in docs/performance.md. */
@NullMarked
package org.minutebook.benchmarks;

import org.jspecify.annotations.NullMarked;
