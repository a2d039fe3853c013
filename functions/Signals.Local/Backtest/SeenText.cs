using Signals.Core.Intake.Monitoring;
using Signals.Core.State.Seen;

namespace Signals.Local.Backtest;

/// <summary>What came by name beside what the model reads, as plain text: what is probably a mistake first.</summary>
public static class SeenText
{
    /// <summary>So many names are told; the JSON has the others.</summary>
    private const int Shown = 20;

    private const int NameWidth = 34;

    public static void Write(TextWriter output, SeenReport seen)
    {
        output.WriteLine(Sum(seen));
        foreach (var miss in seen.NearMisses)
            output.WriteLine($"  {Of(miss)}");
        var missing = seen.Lists.SelectMany(list => list.NeverCame).Where(name => !name.IsOptional).ToList();
        if (missing.Count > 0)
            output.WriteLine($"  never came: {string.Join(", ", missing.Select(Of))}");
        if (seen.Events.Names.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine($"  {"event".PadRight(NameWidth)} {"seen", 11}   used by the model for");
        foreach (var name in seen.Events.Names.Take(Shown))
            output.WriteLine($"  {Cut(name.Name).PadRight(NameWidth)} {Times(name), 11}   {Uses(name.Uses)}");
        if (seen.Events.Names.Count > Shown)
            output.WriteLine($"  and {Count(seen.Events.Names.Count - Shown)} more names; --json lists them");
        if (seen.Events.OtherCount > 0)
            output.WriteLine($"  and about {Count(seen.Events.OtherNames)} others, seen {Count(seen.Events.OtherCount)} times together");
        foreach (var list in seen.Lists.Skip(1).Where(list => list.Names.Count > 0))
        {
            var names = list.Names.Take(Shown).Select(name => Of(name) + (name.Uses.Count > 0 ? "*" : ""));
            output.WriteLine($"  {LabelOf(list.Kind)}: {string.Join(", ", names)}{(list.Names.Count > Shown ? ", ..." : "")}");
        }
        if (seen.Lists.Skip(1).Any(list => list.Names.Any(name => name.Uses.Count > 0)))
            output.WriteLine("  * used by the model");
        if (seen.Sdks.Count > 0)
            output.WriteLine(
                $"  SDKs: {string.Join(", ", seen.Sdks.Take(Shown).Select(sdk => $"{Printable(sdk.Name)} ({Count(sdk.Count)})"))}"
            );
        foreach (var rule in seen.Quarantined)
            output.WriteLine($"  left out: {Count(rule.Count)} by {Printable(rule.Name)}");
        foreach (var rule in seen.LeftOut)
            output.WriteLine($"  left out: {Of(rule)}");
    }

    /// <summary>"`Invoice sent` was seen 5,120 times; the model has `Invoice Sent`, never seen (value)".</summary>
    public static string Of(NearMiss miss)
    {
        string of = miss.Seen.Event is { } name ? $" of `{Printable(name)}`" : "";
        string own = miss.ModelCount == 0 ? "never seen" : $"seen {TimesIn(miss.ModelCount)}";
        return $"`{Printable(miss.Seen.Name)}`{of} was seen {(miss.Seen.IsAtLeast ? "at least " : "")}{TimesIn(miss.Seen.Count)}; "
            + $"the model has `{miss.Model.Name}`, {own} ({Uses(miss.Model.Uses)})";
    }

    /// <summary>How many names came, and how many of the model's did.</summary>
    internal static string Sum(SeenReport seen)
    {
        int used = seen.Events.Names.Count(name => name.Uses.Count > 0);
        int all = used + seen.Events.NeverCame.Count(name => !name.IsOptional);
        long names = seen.Events.Names.Count + seen.Events.OtherNames;
        return $"{Count(names)} event {(names == 1 ? "name" : "names")} came; the model reads {Count(all)}, of which {Count(used)} came";
    }

    internal static string Of(NameInUse name) => $"`{name.Name}`{(name.Event is { } of ? $" of `{of}`" : "")} ({Uses(name.Uses)})";

    internal static string Of(SeenName name) => (name.Event is { } of ? $"{Printable(of)} > " : "") + Printable(name.Name);

    internal static string Times(SeenName name) => (name.IsAtLeast ? ">=" : "") + Count(name.Count);

    internal static string Uses(IReadOnlyList<string> uses) => uses.Count == 0 ? "-" : string.Join(", ", uses);

    /// <summary>"3 by score, such as -1, 65".</summary>
    internal static string Of(LeftOut rule) =>
        $"{Count(rule.Count)} by {Printable(rule.Rule)}"
        + (rule.Examples.Count == 0 ? "" : $", such as {string.Join(", ", rule.Examples.Select(Printable))}");

    private static string LabelOf(NameKind kind) =>
        kind switch
        {
            NameKind.Property => "properties",
            NameKind.PersonTrait => "traits of people",
            _ => "traits of accounts",
        };

    private static string TimesIn(long count) => count == 1 ? "once" : $"{Count(count)} times";

    private static string Cut(string name) =>
        Printable(name) is var text && text.Length > NameWidth ? text[..(NameWidth - 3)] + "..." : text;

    /// <summary>Names are the senders' words: what would move a terminal's cursor or colours is shown as a question mark.</summary>
    internal static string Printable(string name) => string.Concat(name.Select(letter => char.IsControl(letter) ? '?' : letter));

    private static string Count(long count) => count.ToString("#,##0");
}
