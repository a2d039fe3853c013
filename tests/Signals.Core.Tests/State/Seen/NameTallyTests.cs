using System.Collections.Frozen;
using Signals.Core.State.Seen;

namespace Signals.Core.Tests.State.Seen;

public sealed class NameTallyTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Names_are_counted_with_their_first_and_last_time_the_busiest_first()
    {
        var tally = Tally();
        tally.Add("b", Start.AddHours(2));
        tally.Add("a", Start);
        tally.Add("b", Start.AddHours(1));
        tally.Add("b".AsSpan(), Start.AddHours(3));

        Assert.Equal(
            [new NameCount("b", 3, false, Start.AddHours(1), Start.AddHours(3)), new NameCount("a", 1, false, Start, Start)],
            tally.Names
        );
        Assert.Equal((4, (0, 0)), (tally.Total, tally.Others));
    }

    [Fact]
    public void Whoever_makes_up_names_without_end_fills_a_bounded_list_and_hides_no_busy_name_nor_one_of_the_model()
    {
        var tally = Tally("Rare But Mine");
        tally.Add("Rare But Mine", Start);
        for (int i = 0; i < 50_000; i++)
        {
            tally.Add($"made up {i}", Start);
            // One in a hundred: over the share of 1 in 400 that is kept for sure, though each came long after the flood began.
            if (i % 100 == 0)
                tally.Add("Busy", Start);
        }

        Assert.Equal(NameTally.Capacity, tally.Names.Count);
        Assert.Equal(
            new NameCount("Rare But Mine", 1, false, Start, Start),
            Assert.Single(tally.Names, name => name.Name == "Rare But Mine")
        );
        Assert.Contains(tally.Names, name => name is { Name: "Busy", Count: > 400 });
        Assert.InRange(tally.Others.Names, 40_000, 60_000);
        Assert.Equal(50_501, tally.Others.Count + tally.Names.Sum(name => name.Count));
        Assert.InRange(tally.Pack().Length, 1, 40_000);
    }

    [Fact]
    public void A_busy_name_survives_a_flood_that_is_written_down_minute_by_minute()
    {
        var kept = Tally();
        for (int minute = 0; minute < 60; minute++)
        {
            var since = Tally();
            for (int i = 0; i < 1000; i++)
                since.Add($"{minute}/{i}", Start);
            for (int i = 0; i < 10; i++)
                since.Add("Busy", Start.AddMinutes(minute));
            kept.MergeFrom(since);
            kept = NameTally.Unpack(kept.Pack(), FrozenSet<string>.Empty);
        }

        var busy = Assert.Single(kept.Names, name => name.Name == "Busy");
        Assert.Equal((600, Start, Start.AddMinutes(59)), (busy.Count, busy.FirstSeen, busy.LastSeen));
        Assert.Equal(NameTally.Capacity, kept.Names.Count);
        Assert.Equal(60 * 1010, kept.Total);
    }

    [Fact]
    public void Tallies_that_dropped_nothing_add_up_exactly_in_any_order()
    {
        NameTally one = Tally(),
            other = Tally();
        one.Add("a", Start);
        one.Add("b", Start.AddHours(1));
        other.Add("b", Start);
        other.Add("c", Start);
        NameTally forth = Tally(),
            back = Tally();
        forth.MergeFrom(one);
        forth.MergeFrom(other);
        back.MergeFrom(other);
        back.MergeFrom(one);

        Assert.Equal(forth.Names, back.Names);
        Assert.Equal(new NameCount("b", 2, false, Start, Start.AddHours(1)), forth.Names[0]);
        // What is added up is not changed by it.
        forth.Add("c", Start);
        Assert.Equal(1, other.Names.Single(name => name.Name == "c").Count);
    }

    [Fact]
    public void Long_names_are_cut_and_count_as_one_unless_the_model_has_them()
    {
        string mine = new('m', 500);
        var tally = Tally(mine);
        tally.Add(mine, Start);
        tally.Add(new string('x', 119) + "😀 one", Start);
        tally.Add(new string('x', 119) + "😀 two", Start);

        Assert.Equal(
            [(new string('x', 119) + "…", 2), (mine, 1)],
            tally.Names.OrderBy(name => -name.Count).Select(name => (name.Name, name.Count))
        );
    }

    [Fact]
    public void Packed_and_unpacked_it_is_the_same_and_other_bytes_are_refused()
    {
        var tally = Tally();
        Assert.True(NameTally.Unpack(tally.Pack(), FrozenSet<string>.Empty).IsEmpty);
        tally.Add("Vidéo regardée", Start);
        tally.Add("b", Start.AddMinutes(1));

        Assert.Equal(tally.Names, NameTally.Unpack(tally.Pack(), FrozenSet<string>.Empty).Names);
        Assert.Throws<InvalidDataException>(() => NameTally.Unpack([99, 1, 2], FrozenSet<string>.Empty));
    }

    private static NameTally Tally(params string[] always) => new(always.ToFrozenSet(StringComparer.Ordinal));
}
