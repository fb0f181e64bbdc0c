/**
 * Runs in the page before React has hydrated it. Until then a click on a control would do nothing, so it is stored, the
 * control shows that it was clicked, and the click is repeated as soon as the control works. Links and forms that the
 * browser can send by itself work without scripts and are not affected.
 *
 * An asynchronous module: the browser stops reading the page at any other inline script until the style sheet has
 * arrived.
 */
export const earlyClicksScript = `
const controls='button,[role=button],[role=checkbox],[role=switch],[role=tab],input[type=checkbox],input[type=radio]'
const clicked=[]
const store=(event)=>{
const control=event.isTrusted&&event.target.closest?.(controls)
if(!control||control.type==='submit'&&control.form?.method==='post')return
event.preventDefault()
event.stopImmediatePropagation()
control.dataset.clicked=''
clicked.push(control)
}
if(!window.patchbayWorks){
document.addEventListener('click',store,true)
window.patchbayTakenOver=()=>{
document.removeEventListener('click',store,true)
delete window.patchbayTakenOver
for(const control of clicked){
delete control.dataset.clicked
if(!control.isConnected)continue
const options={bubbles:true,cancelable:true,button:0,pointerType:'mouse'}
control.focus()
for(const [Kind,type] of [[PointerEvent,'pointerdown'],[MouseEvent,'mousedown'],[PointerEvent,'pointerup'],[MouseEvent,'mouseup']])control.dispatchEvent(new Kind(type,options))
control.click()
}
}
}`
