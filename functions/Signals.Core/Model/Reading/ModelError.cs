namespace Signals.Core.Model.Reading;

/// <summary>
/// One mistake in a value model file. <paramref name="Path"/> leads to it (<c>outreach.quietHours.from</c>, <c>features[2].help</c>;
/// "line 3, column 7" where the text is not even JSON); <paramref name="Found"/> quotes what stands there, or says what is wrong with it.
/// </summary>
public sealed record ModelError(string Path, string Found, string Expected)
{
    public override string ToString() => $"{Path}: found {Found}, expected {Expected}";
}
