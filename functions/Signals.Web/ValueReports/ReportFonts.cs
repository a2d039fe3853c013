using PdfSharp.Fonts;

namespace Signals.Web.ValueReports;

/// <summary>
/// The font that value reports are written with: one that the machine has, for none is shipped. It is embedded into each PDF, so that it
/// reads alike everywhere.
/// </summary>
internal sealed class ReportFonts : IFontResolver
{
    public const string Family = "report";

    private const string BoldFace = "bold";
    private const string PlainFace = "plain";
    private const int MaxDepth = 5;

    /// <summary>Regular and bold, the first that is there.</summary>
    private static readonly (string Plain, string Bold)[] Known =
    [
        ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
        ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
        ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
        ("arial.ttf", "arialbd.ttf"),
        ("Arial.ttf", "Arial Bold.ttf"),
    ];

    private static readonly Lazy<ReportFonts?> Found = new(Find);

    private readonly byte[] _plain;
    private readonly byte[] _bold;

    private ReportFonts(byte[] plain, byte[] bold) => (_plain, _bold) = (plain, bold);

    /// <summary>False on a machine without any of the fonts: a report is printed from its page there.</summary>
    public static bool Exist => Found.Value is not null;

    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) => new(isBold ? BoldFace : PlainFace);

    public byte[]? GetFont(string faceName) => faceName == BoldFace ? _bold : _plain;

    private static ReportFonts? Find()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string folder in Folders().Where(Directory.Exists))
        {
            foreach (string file in Fonts(folder))
                files.TryAdd(Path.GetFileName(file), file);
        }
        foreach (var (plain, bold) in Known)
        {
            if (!files.TryGetValue(plain, out string? plainFile) || !files.TryGetValue(bold, out string? boldFile))
                continue;
            try
            {
                var fonts = new ReportFonts(File.ReadAllBytes(plainFile), File.ReadAllBytes(boldFile));
                GlobalFontSettings.FontResolver = fonts;
                return fonts;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // One that cannot be read is not there: the next may be.
            }
        }
        return null;
    }

    private static IEnumerable<string> Fonts(string folder) =>
        Directory.EnumerateFiles(
            folder,
            "*.ttf",
            new EnumerationOptions
            {
                RecurseSubdirectories = true,
                MaxRecursionDepth = MaxDepth,
                IgnoreInaccessible = true,
            }
        );

    private static IEnumerable<string> Folders() =>
        [
            "/usr/share/fonts",
            "/usr/local/share/fonts",
            "/Library/Fonts",
            "/System/Library/Fonts/Supplemental",
            Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
        ];
}
