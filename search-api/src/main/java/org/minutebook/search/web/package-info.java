/** What the API and the pages have in common: how addresses are read and written. */
@NullMarked
package org.minutebook.search.web;

import org.jspecify.annotations.NullMarked;
