/** Words that say nothing of what a text is about: English and German, without accents, as they are and as stems. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `
  a aber about above after again all als also am an and any are as at auch auf aus be because been before bei beim
  being below between bin bis bitte both but by can cannot could da damit dann das dass dear dem den der des did
  die dies diese dieser dieses do doch does doing don dort down du durch during each ein eine einem einen einer
  eines else er es few for from fur further get gets got habe haben had has hat have having he hello her here hers
  hi him his how however i ich if ihr im in into is ist it its itself ja just kann kein keine let like man may me
  mehr mein mich might mir mit more most muss my nach nicht no noch nor not now nun nur ob oder of off ohne on
  once only or other our ours out over own please re regards same sehr sein seine she should sich sie sind so some
  such than thank thanks that the their them then there these they this those through to too uber um und under uns
  unser unter until up upon us use used using very via vom von vor war was we weil wenn wer werden were what when
  where which while who whom why wie will wir wird with wo would you your yours zu zum zur
  `
    .trim()
    .split(/\s+/),
)
