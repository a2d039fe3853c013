namespace Signals.Core.Model.Reading;

/// <summary>
/// One mistake in a value model file. <paramref name="Path"/> leads to it (<c>outreach.quietHours.from</c>, <c>features[2].help</c>;
/// "line 3, column 7" where the text is not even JSON); <paramref name="Found"/> quotes what stands there, or says what is wrong with it.
/// </summary>
public sealed record ModelError(string Path, string Found, string Expected)
{
    /// <summary>Where in the file it is, from 1; null where the path says it, or there is no file.</summary>
    public ModelPosition? At { get; init; }

    /// <summary>
    /// The mistake as compilers tell one, so that terminals and editors lead to it: <c>model.json:4:3: outreach.mode: found ...</c>
    /// </summary>
    public string In(string file) =>
        At is { } at ? $"{file}:{at.Line}:{at.Column}: {this}"
        : Path == file ? ToString()
        : $"{file}: {this}";

    public override string ToString() => $"{Path}: found {Found}, expected {Expected}";
}

/// <summary>A place in a file: lines and columns (UTF-16 characters) begin with 1.</summary>
public sealed record ModelPosition(int Line, int Column)
{
    public override string ToString() => $"line {Line}, column {Column}";
}
