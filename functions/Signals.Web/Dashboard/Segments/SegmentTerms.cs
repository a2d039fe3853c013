using Signals.Core.Model;

namespace Signals.Web.Dashboard.Segments;

/// <summary>What is true of every account of a segment, in the reader's words.</summary>
internal sealed class SegmentTerms(ModelWords words)
{
    public IReadOnlyList<string> Of(Reader reader, SegmentDefinition segment)
    {
        var terms = new List<string>();
        if (segment.Plans.Count > 0)
            terms.Add(reader.Say($"on the plan {Either(reader, segment.Plans)}"));
        terms.AddRange(segment.Traits.Select(trait => reader.Say($"trait {trait.Key}: {Either(reader, trait.Value)}")));
        if (segment.Price is { } price)
            terms.Add(reader.Say($"pays {Range(reader, price, amount => reader.Money(amount))} a month"));
        if (segment.People is { } people)
            terms.Add(reader.Say($"has {Range(reader, people, amount => reader.Amount(amount))} people"));
        terms.AddRange(segment.Did.Select(use => reader.Say($"did {Use(reader, use)}")));
        terms.AddRange(segment.DidNot.Select(use => reader.Say($"did not do {Use(reader, use)}")));
        if (segment.Feels.Count > 0)
            terms.Add(Either(reader, [.. segment.Feels.Select(feeling => Feeling(reader, feeling))]));
        return terms;
    }

    private static string Either(Reader reader, IReadOnlyList<string> values) => string.Join(reader.Say("list| or "), values);

    private static string Range(Reader reader, SegmentRange range, Func<double, string> text) =>
        range switch
        {
            { Least: { } least, Most: { } most } => reader.Say($"{text(least)} to {text(most)}"),
            { Least: { } least } => reader.Say($"{text(least)} or more"),
            { Most: { } most } => reader.Say($"{text(most)} at most"),
            _ => "",
        };

    private string Use(Reader reader, SegmentUse use)
    {
        string what = use.Feature is null ? $"“{string.Join("”, “", use.Events)}”" : words.Kind(reader, use.Feature) ?? use.Feature;
        string days = reader.Count(use.Days, "{0} day", "{0} days");
        return use.Times == 1
            ? reader.Say($"use|{what} within {days}")
            : reader.Say($"use|{what}, {reader.Whole(use.Times)} times or more within {days}");
    }

    private static string Feeling(Reader reader, SegmentFeeling feeling) =>
        feeling switch
        {
            SegmentFeeling.Promoter => reader.Say("feeling|recommends it (NPS 9 or 10)"),
            SegmentFeeling.Passive => reader.Say("feeling|neither recommends it nor warns (NPS 7 or 8)"),
            SegmentFeeling.Detractor => reader.Say("feeling|warns of it (NPS 6 or less)"),
            SegmentFeeling.Silent => reader.Say("feeling|answered no NPS within 90 days"),
            SegmentFeeling.KindWords => reader.Say("feeling|wrote kindly within 90 days"),
            _ => reader.Say("feeling|wrote unkindly within 90 days"),
        };
}
