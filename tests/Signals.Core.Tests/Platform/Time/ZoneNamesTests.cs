using Signals.Core.Platform.Time;

namespace Signals.Core.Tests.Platform.Time;

public sealed class ZoneNamesTests
{
    private static readonly DateTimeOffset Winter = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Summer = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("America/Los_Angeles", -8, -7)]
    [InlineData("america/los_angeles", -8, -7)]
    [InlineData("AMERICA/LOS_ANGELES", -8, -7)]
    [InlineData(" America/Los_Angeles\t", -8, -7)]
    [InlineData("America/Los Angeles", -8, -7)]
    [InlineData("US/Pacific", -8, -7)]
    [InlineData("Pacific Standard Time", -8, -7)]
    [InlineData("pacific standard time", -8, -7)]
    [InlineData("Pacific Daylight Time", -8, -7)]
    [InlineData("Pacific Time (US & Canada)", -8, -7)]
    [InlineData("(GMT-08:00) Pacific Time (US & Canada)", -8, -7)]
    [InlineData("(UTC-08:00) Pacific Time (US & Canada)", -8, -7)]
    [InlineData("Romance Standard Time", 1, 2)]
    [InlineData("W. Europe Standard Time", 1, 2)]
    [InlineData("Brussels", 1, 2)]
    [InlineData("Europe/Kiev", 2, 3)]
    [InlineData("Europe/Kyiv", 2, 3)]
    [InlineData("Asia/Calcutta", 5.5, 5.5)]
    [InlineData("India Standard Time", 5.5, 5.5)]
    [InlineData("Chennai", 5.5, 5.5)]
    [InlineData("Newfoundland", -3.5, -2.5)]
    [InlineData("UTC", 0, 0)]
    [InlineData("gmt", 0, 0)]
    [InlineData("Z", 0, 0)]
    [InlineData("Etc/GMT+8", -8, -8)]
    [InlineData("Cape Verde Is.", -1, -1)]
    public void A_zone_is_found_by_any_of_its_usual_names(string name, double winter, double summer)
    {
        var zone = ZoneNames.Find(name);

        Assert.NotNull(zone);
        Assert.Equal((winter, summer), (zone.GetUtcOffset(Winter).TotalHours, zone.GetUtcOffset(Summer).TotalHours));
    }

    [Theory]
    [InlineData("UTC+2", 2)]
    [InlineData("utc+02", 2)]
    [InlineData("UTC +2", 2)]
    [InlineData("UTC+02:00", 2)]
    [InlineData("GMT-03:30", -3.5)]
    [InlineData("GMT-0330", -3.5)]
    [InlineData("GMT+8", 8)]
    [InlineData("+0530", 5.5)]
    [InlineData("+05:45", 5.75)]
    [InlineData("-08:00", -8)]
    [InlineData("-8", -8)]
    [InlineData("\u22128", -8)]
    [InlineData("+530", 5.5)]
    [InlineData("UTC-00:00", 0)]
    [InlineData("+14", 14)]
    [InlineData("(GMT+01:00) Somewhere in the list", 1)]
    public void An_offset_is_a_zone_of_its_own_east_of_Greenwich_with_a_plus(string name, double hours) =>
        Assert.Equal(hours, ZoneNames.Find(name)?.BaseUtcOffset.TotalHours);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Mars/Phobos")]
    [InlineData("Europe/Atlantis")]
    [InlineData("Europe/../Europe/Paris")]
    [InlineData("../../etc/passwd")]
    [InlineData("right/Europe/Paris")]
    [InlineData("posix/Europe/Paris")]
    [InlineData("localtime")]
    [InlineData("posixrules")]
    [InlineData("leapseconds")]
    [InlineData("Factory")]
    [InlineData("+15")]
    [InlineData("+5:7")]
    [InlineData("+12:60")]
    [InlineData("+-5")]
    [InlineData("5")]
    [InlineData("480")]
    [InlineData("UTC5")]
    [InlineData("undefined")]
    [InlineData("(")]
    [InlineData("()")]
    [InlineData(" Daylight Time")]
    public void What_names_no_zone_is_none(string? name) => Assert.Null(ZoneNames.Find(name));

    [Fact]
    public void Every_name_of_the_list_leads_to_a_zone_that_this_machine_has_in_whatever_case()
    {
        string[] names = Listed();

        Assert.True(names.Length > 800, $"{names.Length} names");
        Assert.DoesNotContain(names, name => ZoneNames.Find(name) is null);
        Assert.All(
            names,
            name =>
            {
                var zone = ZoneNames.Find(name)!;
                Assert.Equal(zone.Id, ZoneNames.Find(name.ToUpperInvariant())?.Id);
                Assert.Equal(zone.Id, ZoneNames.Find($" {name.ToLowerInvariant()} ")?.Id);
            }
        );
    }

    [Fact]
    public void Every_zone_of_the_platform_is_found_with_the_offsets_that_the_platform_gives_it()
    {
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            var found = ZoneNames.Find(zone.Id);
            Assert.NotNull(found);
            Assert.Equal((zone.GetUtcOffset(Winter), zone.GetUtcOffset(Summer)), (found.GetUtcOffset(Winter), found.GetUtcOffset(Summer)));
        }
    }

    [Fact]
    public void A_name_means_the_same_whatever_was_asked_before_and_hostile_names_leave_nothing_behind()
    {
        string?[] before = Answers();
        var random = new Random(7);
        long least = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 50_000; i++)
        {
            string noise = new([.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(32, 127))]);
            ZoneNames.Find(i % 2 == 0 ? $"Europe/{noise}" : noise);
        }
        long left = GC.GetTotalMemory(forceFullCollection: true) - least;

        Assert.Equal(before, Answers());
        Assert.Equal(("Europe/Paris", null, "Europe/Paris"), (before[0], before[1], before[2]));
        Assert.True(left < 4 * 1024 * 1024, $"{left} bytes are left");

        static string?[] Answers() =>
            [.. ((string[])["europe/paris", "Europe/atlantis", "europe/PARIS"]).Select(name => ZoneNames.Find(name)?.Id)];
    }

    private static string[] Listed()
    {
        using var stream = typeof(ZoneNames).Assembly.GetManifestResourceStream("Time/ZoneNames.txt")!;
        using var reader = new StreamReader(stream);
        return
        [
            .. reader
                .ReadToEnd()
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line[0] != '#')
                .Select(line => line.Split('=')[0]),
        ];
    }
}
