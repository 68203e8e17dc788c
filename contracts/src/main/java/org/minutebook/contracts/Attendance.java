package org.minutebook.contracts;

import java.util.List;

/**
 * Who was there, as printed, one entry a person where the page lets them be told apart.
 *
 * @param present members present
 * @param apologies who sent apologies or was absent
 * @param inAttendance officers, guests and others
 */
public record Attendance(List<String> present, List<String> apologies, List<String> inAttendance) {

    /** Nobody named. */
    public static final Attendance NONE = new Attendance(List.of(), List.of(), List.of());

    public Attendance {
        present = Lists.copy(present);
        apologies = Lists.copy(apologies);
        inAttendance = Lists.copy(inAttendance);
    }
}
