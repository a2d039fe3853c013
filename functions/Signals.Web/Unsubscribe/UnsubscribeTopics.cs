using Signals.Core.Diagnosis.Causes;
using Signals.Core.Platform.Languages;

namespace Signals.Web.Unsubscribe;

/// <summary>What mails are about, in words for whoever gets them: each cause's own.</summary>
internal static class UnsubscribeTopics
{
    /// <summary>Null for a topic that there are no words for: it is then not offered by itself.</summary>
    public static Phrase? Of(string? topic) => topic is null ? null : CauseCatalogue.Find(topic)?.Topic;
}
