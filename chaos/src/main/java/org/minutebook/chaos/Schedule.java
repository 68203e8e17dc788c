package org.minutebook.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.minutebook.chaos.Fault.Kind;
import org.minutebook.chaos.Step.Act;
import org.minutebook.local.stack.ServicePrograms;

/**
 * All that is going to happen, drawn from the seed before anything happens.
 *
 * @param lives what is done with each paper, in order; the papers do not wait for one another
 * @param faults what goes wrong, by time
 */
record Schedule(List<List<Step>> lives, List<Fault> faults) {

    private static final Duration FIRST_FAULT = Duration.ofSeconds(5);
    private static final int LEAST_GAP = 4_000;
    private static final int MOST_GAP = 14_000;

    /** Parts that were hit so lately are left alone, so that faults of one do not hide others'. */
    private static final int SPARED = 2;

    private static final Duration RESTART_EVERY = Duration.ofSeconds(20);

    private static final int LATER = 25_000;

    /** The schedule of a seed. */
    static Schedule of(long seed, Duration length, int papersPerMinute) {
        return new Schedule(
                lives(new SplittableRandom(seed), length, papersPerMinute),
                faults(new SplittableRandom(~seed), length));
    }

    /** The same work, and instead of faults every service is started again, one after the other. */
    static Schedule rolling(long seed, Duration length, int papersPerMinute) {
        List<Fault> restarts = new ArrayList<>();
        List<String> services = ServicePrograms.NAMES;
        for (Duration at = FIRST_FAULT; at.compareTo(length) < 0; at = at.plus(RESTART_EVERY)) {
            String service = services.get(restarts.size() % services.size());
            restarts.add(new Fault(at, Kind.RESTART, service, Duration.ZERO, Duration.ZERO));
        }
        return new Schedule(lives(new SplittableRandom(seed), length, papersPerMinute), restarts);
    }

    private static List<List<Step>> lives(
            SplittableRandom random, Duration length, int papersPerMinute) {
        List<List<Step>> lives = new ArrayList<>();
        long between = 60_000 / papersPerMinute;
        for (long at = 0; at < length.toMillis(); at += between) {
            // Numbers go by two: the second is the paper that replaces the first.
            lives.add(life(new Drawn(random.split(), 2 * lives.size()), at));
        }
        return lives;
    }

    /** Draws what is done with one paper. */
    private record Drawn(SplittableRandom random, int paper) {

        Step step(long at, Act act, Map<String, String> metadata) {
            return new Step(Duration.ofMillis(at), act, paper, metadata);
        }

        Step step(long at, Act act) {
            return step(at, act, Map.of());
        }

        /** Soon, while it is on its way; or later, when it has arrived. */
        long after(long at) {
            return at + (random.nextBoolean() ? random.nextInt(500) : random.nextInt(LATER));
        }

        Step correction(long at) {
            Map<String, String> title = Map.of("title", "Corrected minutes " + random.nextInt(999));
            // Another committee is another meeting: subscribers would rightly hear of it again.
            return Papers.isBeacon(paper) || random.nextBoolean()
                    ? step(at, Act.CORRECT, title)
                    : step(
                            at,
                            Act.CORRECT,
                            Map.of(
                                    "committee",
                                    "Special Committee no. " + random.nextInt(99),
                                    "sourceUrl",
                                    "https://example.org/" + random.nextInt(99)));
        }
    }

    private static List<Step> life(Drawn drawn, long at) {
        List<Step> steps = new ArrayList<>(List.of(drawn.step(at, Act.UPLOAD)));
        long next = drawn.after(at);
        boolean stays = Papers.isBeacon(drawn.paper()) || Papers.isBroken(drawn.paper());
        int chance = drawn.random().nextInt(stays ? 70 : 100);
        if (chance < 40) {
            return steps;
        } else if (chance < 50) {
            steps.add(drawn.correction(next));
        } else if (chance < 58) {
            steps.add(drawn.step(next, Act.REPROCESS));
        } else if (chance < 62) {
            steps.add(drawn.step(next, Act.REPEAT));
        } else if (chance < 70) {
            steps.add(drawn.correction(next));
            next = drawn.after(next);
            steps.add(drawn.step(next, Act.REPROCESS));
            next = drawn.after(next);
            steps.add(drawn.correction(next));
        } else if (chance < 80) {
            steps.add(drawn.step(next, Act.DELETE));
        } else if (chance < 86) {
            steps.add(drawn.step(next, Act.REPROCESS));
            steps.add(drawn.step(drawn.after(next), Act.DELETE));
        } else if (chance < 92) {
            steps.add(drawn.step(next, Act.DELETE));
            steps.add(drawn.step(drawn.after(next), Act.RESTORE));
        } else {
            steps.add(drawn.step(next, Act.REPLACE));
        }
        return steps;
    }

    private static List<Fault> faults(SplittableRandom random, Duration length) {
        List<Fault> faults = new ArrayList<>();
        List<String> targets = new ArrayList<>();
        long at = FIRST_FAULT.toMillis();
        while (at < length.toMillis()) {
            Set<String> spared =
                    new HashSet<>(
                            targets.subList(Math.max(0, targets.size() - SPARED), targets.size()));
            Fault fault = fault(random, Duration.ofMillis(at));
            if (spared.contains(fault.target())) {
                continue;
            }
            faults.add(fault);
            targets.add(fault.target());
            at += LEAST_GAP + random.nextInt(MOST_GAP - LEAST_GAP);
        }
        return faults;
    }

    private static Fault fault(SplittableRandom random, Duration at) {
        int chance = random.nextInt(100);
        if (chance < 35) {
            return fault(random, at, Kind.KILL, Ground.PARTS, 8_000);
        } else if (chance < 52) {
            return fault(random, at, Kind.PAUSE, Ground.PARTS, 20_000);
        } else if (chance < 66) {
            return fault(random, at, Kind.CUT_OFF, Ground.CABLES, 15_000);
        } else if (chance < 80) {
            return fault(random, at, Kind.SILENCE, Ground.CABLES, 20_000);
        } else if (chance < 92) {
            Fault slow = fault(random, at, Kind.SLOW, Ground.CABLES, 20_000);
            return new Fault(
                    at,
                    slow.kind(),
                    slow.target(),
                    slow.length(),
                    Duration.ofMillis(20L + random.nextInt(400)));
        }
        return fault(
                random,
                at,
                chance < 96 ? Kind.DISK_LOW : Kind.DISK_FULL,
                List.of(Ground.DISK),
                10_000);
    }

    private static Fault fault(
            SplittableRandom random, Duration at, Kind kind, List<String> targets, int longest) {
        return new Fault(
                at,
                kind,
                targets.get(random.nextInt(targets.size())),
                Duration.ofMillis(500 + random.nextInt(longest - 500)),
                Duration.ZERO);
    }
}
