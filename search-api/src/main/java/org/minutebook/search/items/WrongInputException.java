package org.minutebook.search.items;

/** A parameter that cannot be understood. The message is for the person who sent it. */
public class WrongInputException extends RuntimeException {

    private final String parameter;

    public WrongInputException(String parameter, String message) {
        super(message);
        this.parameter = parameter;
    }

    /** Name of the parameter, as in the address. */
    public String parameter() {
        return parameter;
    }
}
