using Signals.Core.Diagnosis.Causes;
using Signals.Core.Response.Outreach;

namespace Signals.Web.Dashboard;

/// <summary>What readers call the causes, and what exactly they are about.</summary>
internal sealed class CauseWords(ModelWords words)
{
    public static string Name(Reader reader, string cause) =>
        cause == OutreachTemplates.Survey ? reader.Say("cause|Survey") : reader.Say(CauseNames.Of(cause));

    /// <summary>What the model calls the step, feature or obstacle; its id when the model has forgotten it, null for null.</summary>
    public string? Kind(Reader reader, string? kind) => words.Kind(reader, kind);

    /// <summary>Friction: errors.</summary>
    public string NameWithKind(Reader reader, string cause, string? kind) =>
        words.Kind(reader, kind) is { } about ? Name(reader, cause) + reader.Colon + about : Name(reader, cause);
}
