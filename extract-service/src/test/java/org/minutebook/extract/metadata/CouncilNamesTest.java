package org.minutebook.extract.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CouncilNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    HARFIELD PARISH COUNCIL                                       | Harfield Parish Council
                    Minutes of the meeting of Nether Harfield Parish Council held | Nether Harfield Parish Council
                    MINUTES OF THE ORDINARY MEETING OF HARFIELD SHIRE COUNCIL     | Harfield Shire Council
                    Newton-on-Sea Town Council - 3rd July 2018                    | Newton-on-Sea Town Council
                    Stow and Harfield Borough Council                             | Stow and Harfield Borough Council
                    the Harfield Council’s website                                | Harfield Council
                    Town of Harfield                                              | Town of Harfield
                    CITY OF NORTH HARFIELD CITY COUNCIL                           | City of North Harfield
                    The Corporation of the Township of Harfield                   | Township of Harfield
                    REGULAR MEETING OF THE VILLAGE OF HARFIELD BOARD OF TRUSTEES  | Village of Harfield
                    District of Harfield Regular Council Meeting                  | District of Harfield
                    Municipality of Lower Harfield, Ontario                       | Municipality of Lower Harfield
                    Harfield County Board of Supervisors                          | Harfield County Board of Supervisors
                    Harfield Township Board of Trustees Meeting                   | Harfield Township Board of Trustees
                    Royal Borough of Harfield and Stow                            | Royal Borough of Harfield and Stow
                    City and County of Harfield                                   | City and County of Harfield
                    JUNIPER FLAT CITY PLANNING COMMISSION                         | Juniper Flat City
                    Minutes of Stow Mills Local Board of Education                | Stow Mills Local Board of Education
                    MALLARD COUNTY FIRE PROTECTION DISTRICT NO. 7                 | Mallard County Fire Protection District
                    WEND AND STOW INTERNAL DRAINAGE BOARD                         | Wend and Stow Internal Drainage Board
                    Planning Committee (Nether Harfield Town Council)             | Nether Harfield Town Council
                    COUNTY OF HARFIELD NO. 4                                      | County of Harfield
                    """)
    void a_name_is_found_with_the_words_that_belong_to_it(String line, String expected) {
        assertThat(CouncilNames.in(line))
                .singleElement()
                .extracting(CouncilNames.Name::text)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "City Council",
        "REGULAR MEETING OF THE CITY COUNCIL",
        "the parish council agreed to pay",
        "the city of tomorrow",
        "Youth Council",
        "Minutes of the Council",
        "a meeting of the Board of Trustees",
        "Full Council",
        "Common Council",
        "President and Board of Trustees",
        "Court Room/Council Chambers"
    })
    void a_body_without_a_place_is_no_name(String line) {
        assertThat(CouncilNames.in(line)).isEmpty();
    }
}
