using Signals.Core.Daily.Kept;
using Signals.Core.Model;
using Signals.Web.Dashboard.Pipeline;

namespace Signals.Web.Dashboard.People;

/// <summary>What is kept, where and for how long, as the layouts and the model say it.</summary>
internal sealed class KeptPage(ValueModel model) : IDashboardPage
{
    public Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        string title = reader.Say("What is kept");
        string lead = reader.Say(
            "Every table and queue, whether it is about people, and for how long. "
                + "The model’s “keep” section changes what may be changed."
        );
        return Task.FromResult(
            new DashboardPage(
                title,
                $"""
                {PipelineHeading.Of(reader, PipelineAddresses.Kept, title, lead)}
                <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table><caption class="unseen">{title}</caption>
                <thead><tr><th scope="col">{reader.Say("Where")}</th><th scope="col">{reader.Say("What")}</th>
                <th scope="col">{reader.Say("About people")}</th><th scope="col">{reader.Say("For how long")}</th></tr></thead>
                <tbody>{KeptData.Of(model).Select(kind => Row(reader, kind))}</tbody></table></div>
                """
            )
        );
    }

    private static Html Row(Reader reader, KeptKind kind) =>
        $"""
            <tr><th scope="row"><code>{Where(kind)}</code></th><td class="words">{reader.Say(kind.What)}</td>
            <td>{(kind.IsPersonal ? reader.Say("yes") : reader.Say("no"))}</td><td>{HowLong(reader, kind.Term)}</td></tr>
            """;

    private static string Where(KeptKind kind) =>
        string.Join(" / ", new[] { kind.Table, kind.Partition, kind.Row }.Where(part => part.Length > 0));

    private static Html HowLong(Reader reader, KeptTerm term)
    {
        string words =
            term.EndsWithWork ? reader.Say("until it is handled")
            : term.HasNoEnd ? reader.Say("for good")
            : term.Days is not { } days ? reader.Say("as long as what it is about, or until it is erased")
            : term.IsSilence ? reader.Count(days, "{0} day after the last that was heard", "{0} days after the last that was heard")
            : reader.Count(days, "{0} day", "{0} days");
        return term.Setting is null ? Html.Of($"{words}") : Html.Of($"{words} (<code>{term.Setting}</code>)");
    }
}
