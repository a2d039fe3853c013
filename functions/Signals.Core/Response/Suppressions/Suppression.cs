namespace Signals.Core.Response.Suppressions;

/// <summary>Somebody who wants no mail.</summary>
/// <param name="Recipient">The keyed hash of the address (<see cref="RecipientKey"/>).</param>
/// <param name="Email">
/// The address, where a mail that Signals sent to it brought the wish and is still kept; null for what was imported and for who was erased:
/// the store itself holds no addresses of who wants no mail.
/// </param>
/// <param name="Topic">The topic they want no mail on: a cause; null for every message.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="Reason">How it came: one-click, page, bounce, spam-report, provider, product, or the words it was imported with.</param>
public sealed record Suppression(string Recipient, string? Email, string? Topic, DateTimeOffset CreatedAt, string Reason);
