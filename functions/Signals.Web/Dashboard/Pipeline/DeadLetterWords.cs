using Signals.Core.Platform.Messaging;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>What the queues are called.</summary>
internal static class DeadLetterWords
{
    public static string Queue(Reader reader, string queue) =>
        queue switch
        {
            QueueNames.Usage => reader.Say("Events to fold"),
            QueueNames.Reviews => reader.Say("Accounts to review"),
            QueueNames.Webhooks => reader.Say("Accounts to tell other systems of"),
            _ => reader.Say("Messages to send"),
        };
}
