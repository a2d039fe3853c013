namespace Signals.Core.Model;

/// <summary>How a customer hears something, in order.</summary>
public enum MessageChannels
{
    Mail,

    /// <summary>A card inside the product, with the words of the mail.</summary>
    InApp,

    /// <summary>A card, and the mail where nobody saw it.</summary>
    InAppThenMail,
}

/// <summary>What follows a card that was put away without taking its step.</summary>
public enum AfterDismissed
{
    Nothing,

    /// <summary>The mail, once the card would have waited long enough.</summary>
    Mail,
}
