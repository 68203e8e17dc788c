/** The services' HTTP interfaces, as this command line uses them. */
@NullMarked
package org.minutebook.local.client;

import org.jspecify.annotations.NullMarked;
