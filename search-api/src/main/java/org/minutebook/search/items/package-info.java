/** What is searched and what is found, as the API and the pages show it. */
@NullMarked
package org.minutebook.search.items;

import org.jspecify.annotations.NullMarked;
