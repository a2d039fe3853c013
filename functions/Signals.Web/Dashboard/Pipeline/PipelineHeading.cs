using Signals.Web.Dashboard.Team;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>The top of the pipeline's pages: their title, and the way to the others.</summary>
internal static class PipelineHeading
{
    public static Html Of(Reader reader, string address, string title, string lead)
    {
        (string Address, string Label)[] pages =
        [
            (PipelineAddresses.Overview, reader.Say("Events")),
            (PipelineAddresses.Names, reader.Say("Names")),
            (PipelineAddresses.Quarantine, reader.Say("Quarantine")),
            (PipelineAddresses.DeadLetters, reader.Say("Dead letters")),
            (TeamAddresses.Team, reader.Say("Team")),
            (PipelineAddresses.Keys, reader.Say("Write keys")),
            (PipelineAddresses.Tokens, reader.Say("API tokens")),
            (PipelineAddresses.Webhooks, reader.Say("Webhooks")),
            (PipelineAddresses.Audit, reader.Say("Audit trail")),
            (PipelineAddresses.Erasures, reader.Say("Erasures")),
            (PipelineAddresses.Doctor, reader.Say("Doctor")),
            (PipelineAddresses.Kept, reader.Say("What is kept")),
        ];
        var links = pages.Select(page =>
            Html.Of(
                $"""<li><a href="{page.Address}"{Html.When(page.Address == address, $" aria-current=\"page\"")}>{page.Label}</a></li>"""
            )
        );
        return $"""
            {Heading.Of(title, lead)}
            <nav class="tabs" aria-label="{reader.Say("Pipeline")}"><ul>{links}</ul></nav>
            """;
    }
}
