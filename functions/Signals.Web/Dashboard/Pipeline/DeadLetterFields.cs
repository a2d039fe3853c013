using Signals.Core.Platform.Messaging;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>What the forms about dead letters send.</summary>
internal static class DeadLetterFields
{
    private const int MaxIdChars = 100;

    /// <summary>Throws <see cref="ApiRefusal"/> when it is none of ours.</summary>
    public static string QueueOf(FormRequest request)
    {
        string queue = request.Text("queue", MaxIdChars);
        return QueueNames.All.Contains(queue, StringComparer.Ordinal)
            ? queue
            : throw ApiRefusal.BadParameter("queue", queue, "one of " + string.Join(", ", QueueNames.All));
    }

    public static string IdOf(FormRequest request) => request.Text("id", MaxIdChars);

    /// <summary>How the audit trail names a dead letter.</summary>
    public static string Subject(string queue, string id) => $"{queue}/{id}";
}
